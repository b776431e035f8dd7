using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class AnswerFlowTests
{
    [Test]
    public void Drops_blank_text_before_a_call() => Assert.That(
        Streams.Translate(Streams.Delta("\"content\":\" \"") + Streams.Call(0, "a", "A", "{}") + Streams.End("stop")),
        Does.Contain("\"index\":0,\"content_block\":{\"type\":\"tool_use\"").And.Not.Contain("text_delta"));

    // A block of thinking without a thought is what clients and providers stumble over; Gemini does without what it signs its calls with.
    [TestCase("\"content\":\"a\"", "stop")]
    [TestCase("\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"A\",\"arguments\":\"{}\"}}]", "tool_calls")]
    public void A_cipher_without_a_text_makes_no_block(string then, string finish)
    {
        var cipher = Streams.Delta("\"content\":null,\"reasoning\":null,\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}]");
        var context = Streams.Context(new DialectProfile { ReasoningReplay = ReasoningReplay.ReasoningDetails });
        Assert.That(
            Streams.Translate(cipher + Streams.Delta(then) + Streams.End(finish), context),
            Does.Not.Contain("thinking").And.Not.Contain("signature").And.Contain("\"index\":0").And.Not.Contain("\"index\":1"));
    }
}
