namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ToolFragmentsTests
{
    [Test]
    public void Keeps_the_first_id_and_name() => Assert.That(
        Streams.Translate(Streams.Call(0, "a", "A", "{") + Streams.Call(0, "a", "A", "}") + Streams.End("stop")),
        Does.Contain("\"id\":\"a\",\"name\":\"A\"").And.Not.Contain("\"index\":1"));
}
