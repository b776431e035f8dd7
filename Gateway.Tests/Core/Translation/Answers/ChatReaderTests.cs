namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ChatReaderTests
{
    [Test]
    public void Takes_reasoning_before_text_whatever_their_order() => Assert.That(
        Streams.Translate(Streams.Delta("\"content\":\"t\",\"reasoning_content\":\"r\",\"reasoning\":\"r\"") + Streams.End("stop")),
        Does.Contain("\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"r\"}").And.Contain("\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"t\"}"));
}
