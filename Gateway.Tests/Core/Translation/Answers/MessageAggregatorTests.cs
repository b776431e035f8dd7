namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class MessageAggregatorTests
{
    [Test]
    public void Drops_a_call_that_the_limit_cut() => Assert.That(
        Streams.Message("{\"choices\":[{\"message\":{\"content\":\"x\",\"tool_calls\":[{\"function\":{\"name\":\"A\",\"arguments\":\"{\"}}]},\"finish_reason\":\"length\"}]}"),
        Does.Contain("\"content\":[{\"type\":\"text\",\"text\":\"x\"}]"));
}
