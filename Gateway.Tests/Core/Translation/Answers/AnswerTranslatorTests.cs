using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class AnswerTranslatorTests
{
    private const string Whole =
        "{\"choices\":[{\"message\":{\"content\":\"hi\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"A\",\"arguments\":\"\"}}]},\"finish_reason\":\"stop\"}]}";

    private readonly AnswerTranslator _answer = new();
    private readonly ArrayBufferWriter<byte> _output = new();

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    [SetUp]
    public void Forget() => _output.ResetWrittenCount();

    [Test]
    public void Writes_one_message() => Assert.That(
        Streams.Message(Whole),
        Does.Contain("{\"type\":\"text\",\"text\":\"hi\"}").And.Contain("\"name\":\"A\",\"input\":{}").And.Contain("\"stop_reason\":\"tool_use\""));

    [Test]
    public void Writes_a_whole_answer_as_a_stream_for_a_client_that_waits_for_one()
    {
        _answer.Begin(Streams.Context(), streams: true);
        _answer.FeedWhole(Encoding.UTF8.GetBytes(Whole), _output);
        Assert.That(Written, Does.StartWith("event: message_start").And.EndWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
    }

    [Test]
    public void Writes_a_stream_as_one_message_for_a_client_that_waits_for_one([Values(1, 7, 4096)] int piece)
    {
        var stream = Encoding.UTF8.GetBytes(Streams.Delta("\"content\":\"he\"") + Streams.Delta("\"content\":\"llo\"") + Streams.End("stop"));
        _answer.Begin(Streams.Context(), streams: false);
        for (var at = 0; at < stream.Length; at += piece)
        {
            _answer.Feed(stream.AsSpan(at, Math.Min(piece, stream.Length - at)), _output);
        }

        _answer.EndOfBody(isClean: true, _output);
        Assert.That(Written, Does.StartWith("{\"id\":\"msg_").And.Contain("{\"type\":\"text\",\"text\":\"hello\"}").And.EndWith("}").And.Not.Contains("}{"));
    }

    [Test]
    public void Knows_an_empty_answer_of_either_dialect([Values] bool isResponses)
    {
        _answer.Begin(Streams.Context(isResponses: isResponses), streams: false);
        _answer.FeedWhole(AnswerTranslator.EmptyAtLimit, _output);
        Assert.That(Written, Does.Contain("\"content\":[]").And.Contain("max_tokens"));
    }

    [TestCase("{\"choices\":[]}")]
    [TestCase("<html></html>")]
    [TestCase("{\"base_resp\":{\"status_code\":1008,\"status_msg\":\"no money\"}}")]
    public void Takes_nothing_else_for_an_answer(string body)
    {
        _answer.Begin(Streams.Context(), streams: true);
        _answer.FeedWhole(Encoding.UTF8.GetBytes(body), _output);
        Assert.That(_answer.Fault?.Status, Is.GreaterThanOrEqualTo(400));
        Assert.That(_output.WrittenCount, Is.Zero);
    }

    [Test]
    public void Says_in_the_stream_that_the_provider_fell_silent()
    {
        _answer.Begin(Streams.Context(), streams: true);
        _answer.Feed(Encoding.UTF8.GetBytes(Streams.Delta("\"content\":\"he\"")), _output);
        _answer.GiveUp(_output);
        Assert.That(_answer.Fault?.Status, Is.EqualTo(504));
        Assert.That(Written, Does.Contain("event: error").And.Contain("timeout_error"));
    }

    [Test]
    public void Ends_as_the_provider_said_though_it_fell_silent_before_it_hung_up()
    {
        _answer.Begin(Streams.Context(), streams: true);
        _answer.Feed(Encoding.UTF8.GetBytes(Streams.Delta("\"content\":\"he\"") + Streams.End("stop").Split("data: [DONE]")[0]), _output);
        _answer.GiveUp(_output);
        Assert.That(_answer.Fault, Is.Null);
        Assert.That(Written, Does.EndWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
    }

    [Test]
    public void A_message_that_was_cut_is_not_written_at_all()
    {
        _answer.Begin(Streams.Context(), streams: false);
        _answer.Feed(Encoding.UTF8.GetBytes(Streams.Delta("\"content\":\"he\"")), _output);
        _answer.EndOfBody(isClean: false, _output);
        Assert.That(_answer.Fault, Is.Not.Null);
        Assert.That(_output.WrittenCount, Is.Zero);
    }
}
