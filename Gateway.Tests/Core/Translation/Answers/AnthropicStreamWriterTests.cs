namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class AnthropicStreamWriterTests
{
    [Test]
    public void Begins_with_an_estimate_and_ends_with_the_full_usage() => Assert.That(
        Streams.Translate(Streams.Delta("\"content\":\"x\"") + Streams.End("stop")),
        Does.Contain("\"usage\":{\"input_tokens\":40,").And.Contain("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
}
