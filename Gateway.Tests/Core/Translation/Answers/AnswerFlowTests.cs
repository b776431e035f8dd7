namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class AnswerFlowTests
{
    [Test]
    public void Drops_blank_text_before_a_call() => Assert.That(
        Streams.Translate(Streams.Delta("\"content\":\" \"") + Streams.Call(0, "a", "A", "{}") + Streams.End("stop")),
        Does.Contain("\"index\":0,\"content_block\":{\"type\":\"tool_use\"").And.Not.Contain("text_delta"));
}
