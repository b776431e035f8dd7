namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ToolSequenceTests
{
    [Test]
    public void Names_a_call_that_has_no_name_at_the_end() => Assert.That(
        Streams.Translate(Streams.Call(0, "a", "", "{}") + Streams.End("stop")),
        Does.Contain("\"name\":\"tool_0\"").And.Contain("\"partial_json\":\"{}\""));
}
