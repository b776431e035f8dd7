namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ResponsesReaderTests
{
    [Test]
    public void Reads_a_whole_answer() => Assert.That(
        Streams.Message("{\"status\":\"incomplete\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"hi\"}]}]}", Streams.Context(isResponses: true)),
        Does.Contain("\"text\":\"hi\"").And.Contain("\"stop_reason\":\"max_tokens\""));
}
