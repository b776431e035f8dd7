using System.Buffers;
using System.Text;
using Gateway.Core.Errors;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class StreamTranslatorTests
{
    private static readonly string Mixed = Streams.Delta("\"reasoning\":\"h\u00fc\"") + ": ping\r\n\r\n" + Streams.Delta("\"content\":\"a\\ud83d\"")
        + Streams.Delta("\"content\":\"\\ude00 \u00fc\"") + Streams.Call(0, "functions.A:0", "A", "{\\\"a\\\":")
        + Streams.Call(1, "b", "B", "{}") + Streams.Call(0, "", "", "1}") + Streams.End("stop");

    [Test]
    public void Any_cut_gives_the_same_events()
    {
        var stream = Encoding.UTF8.GetBytes(Mixed);
        var translator = new StreamTranslator();
        var whole = Streams.Translate(translator, stream, Streams.Context(), stream.Length);
        for (var piece = 1; piece <= 64; piece++)
        {
            Assert.That(Streams.Translate(translator, stream, Streams.Context(), piece), Is.EqualTo(whole), $"{piece}");
        }
    }

    [Test]
    public void Calls_are_written_one_after_another()
    {
        var events = Streams.Translate(Mixed);
        Assert.That(events, Does.Contain("\"id\":\"gwid_").And.Contain("\"stop_reason\":\"tool_use\""));
        Assert.That(
            events.IndexOf("\"name\":\"B\"", StringComparison.Ordinal),
            Is.GreaterThan(events.IndexOf("\"partial_json\":\"1}\"", StringComparison.Ordinal)));
    }

    [Test]
    public void Never_invents_an_end()
    {
        var events = Streams.Translate(Streams.Call(0, "a", "A", "{\\\"a\\\":"));
        Assert.That(events, Does.Contain("event: error").And.Not.Contain("content_block_stop").And.Not.Contain("message_stop"));
    }

    [Test]
    public void Ends_no_call_that_the_provider_broke_off()
    {
        var events = Streams.Translate(Streams.Call(0, "a", "A", "{\\\"a\\\":\\\"rm -rf /tmp") + "data: [DONE]\n\n");
        Assert.That(events, Does.Contain("event: error").And.Not.Contain("content_block_stop").And.Not.Contain("message_stop"));
    }

    [TestCase("{\"message\":\"EMSG\",\"type\":\"too_many_requests_error\",\"param\":\"quota\",\"code\":\"request_quota_exceeded\"}", "rate_limit_error")]
    [TestCase("[{\"error\":{\"code\":503,\"message\":\"EMSG\",\"status\":\"UNAVAILABLE\"}}]", "overloaded_error")]
    [TestCase("{\"object\":\"error\",\"message\":\"EMSG\",\"code\":400}", "invalid_request_error")]
    [TestCase("{\"detail\":\"EMSG\"}", "api_error")]
    [TestCase("{\"code\":\"exhausted\",\"error\":\"EMSG\"}", "api_error")]
    [TestCase("{\"code\":\"resource-exhausted\",\"error\":\"EMSG\"}", "rate_limit_error")]
    [TestCase("{\"error\":{\"message\":\"EMSG\",\"status\":429}}", "rate_limit_error")]
    [TestCase("{\"base_resp\":{\"status_code\":1002,\"status_msg\":\"EMSG\"}}", "rate_limit_error")]
    [TestCase("{\"error\":{\"code\":\"1302\",\"message\":\"EMSG\"}}", "rate_limit_error")]
    [TestCase("{\"error\":{\"code\":\"1113\",\"message\":\"EMSG\"}}", "billing_error")]
    [TestCase("{\"error\":{\"type\":\"engine_overloaded_error\",\"message\":\"EMSG\"}}", "overloaded_error")]
    public void Knows_an_error_in_the_middle_whatever_its_shape(string error, string type)
    {
        var events = Streams.Translate(Streams.Delta("\"content\":\"par\"") + $"data: {error}\n\n" + Streams.End("stop"));
        Assert.That(events, Does.Contain($"event: error\ndata: {{\"type\":\"error\",\"error\":{{\"type\":\"{type}\"").And.Contain("EMSG").And.Not.Contain("message_stop"));
    }

    [TestCase(false, "data: {\"error\":{\"message\":\"the key hidden-key is bad\",\"code\":500}}\n\n")]
    [TestCase(false, "event: error\ndata: {\"message\":\"hidden-key\"}\n\n")]
    [TestCase(true, "data: {\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\",\"message\":\"hidden-key\"}}}\n\n")]
    public void Tells_no_error_with_the_providers_key_in_it(bool isResponses, string error)
    {
        var context = Streams.Context(isResponses: isResponses);
        context.Credential = "hidden-key"u8.ToArray();
        var translator = new StreamTranslator();
        var start = isResponses ? "data: {\"type\":\"response.created\",\"response\":{}}\n\n" : Streams.Delta("\"content\":\"x\"");
        var events = Streams.Translate(translator, Encoding.UTF8.GetBytes(start + error), context, int.MaxValue);
        Assert.That(events, Does.Contain("event: error").And.Contain("***").And.Not.Contain("hidden-key"));
        Assert.That(Encoding.UTF8.GetString(translator.Fault!.Value.Message.Span), Does.Not.Contain("hidden-key"));
    }

    [Test]
    public void Estimates_the_tokens_of_calls_as_well()
    {
        var translator = new StreamTranslator();
        Streams.Translate(translator, Encoding.UTF8.GetBytes(Streams.Call(0, "a", "Bash", "{\\\"c\\\":\\\"123456\\\"}") + Streams.End("stop")), Streams.Context(), 7);
        Assert.That(translator.Usage, Is.EqualTo(new AnswerUsage(40, 5, 0, 0)), "four of the name and fourteen of arguments, by four");
    }

    [TestCase("length", "\"content\":\"\"", "prompt is too long: 1001 tokens > 1000 maximum")]
    [TestCase("stop", "\"content\":\" \"", "prompt is too long: 1001 tokens > 1000 maximum")]
    [TestCase("length", "\"content\":\"x\"", "message_stop")]
    [TestCase("content_filter", "\"content\":\"\"", "message_stop")]
    public void Takes_no_answer_to_a_prompt_that_filled_the_window_for_an_overflow(string reason, string delta, string expected) => Assert.That(
        Streams.Translate(
            Streams.Delta(delta) + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":995,\"completion_tokens\":0}}\n\n" + Streams.End(reason),
            Streams.Context(new DialectProfile { ContextWindow = 1000 })),
        Does.Contain(expected));

    [TestCase("{\"message\":\"keep-alive\"}")]
    [TestCase("{\"type\":\"ping\",\"message\":\"here\"}")]
    [TestCase("[]")]
    public void Skips_what_it_does_not_know(string payload) => Assert.That(
        Streams.Translate(Streams.Delta("\"content\":\"par\"") + $"data: {payload}\n\n" + Streams.End("stop")), Does.Contain("message_stop"));

    [Test]
    public void Leaves_an_error_before_the_start_to_the_caller()
    {
        var translator = new StreamTranslator();
        var events = Streams.Translate(
            translator, Encoding.UTF8.GetBytes("data: {\"error\":{\"code\":429,\"message\":\"slow\"}}\n\n"), Streams.Context(), 7);
        Assert.That(events, Is.Empty);
        Assert.That(translator.HasStarted, Is.False);
        Assert.That(translator.Fault?.Type, Is.EqualTo(AnthropicErrorType.RateLimit));
    }

    [Test]
    public void Thinks_between_tags_where_the_profile_says_so() => Assert.That(
        Streams.Translate(
            Streams.Delta("\"content\":\"<thi\"") + Streams.Delta("\"content\":\"nk>x</think>y\"") + Streams.End("stop"),
            Streams.Context(new DialectProfile { ThinkTags = true })),
        Does.Contain("\"thinking\":\"x\"").And.Contain("\"text\":\"y\""));

    [Test]
    public void Counts_what_the_provider_counts()
    {
        var translator = new StreamTranslator();
        Streams.Translate(
            translator,
            Encoding.UTF8.GetBytes(Streams.Delta("\"content\":\"x\"") + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}\n\n" + Streams.End("length")),
            Streams.Context(),
            5);
        Assert.That(translator.Usage, Is.EqualTo(new AnswerUsage(9, 2, 0, 0)));
        Assert.That(translator.StopReason, Is.EqualTo(StopReason.MaxTokens));
    }

    [Test]
    public void Allocates_nothing_per_event_once_warm()
    {
        var chunk = Encoding.UTF8.GetBytes(
            Streams.Delta("\"content\":\"one two \\n \\u00e4\"") + Streams.Call(0, "a", "A", "{\\\"a\\\":") + Streams.Delta("\"reasoning\":\"hm\""));
        var translator = new StreamTranslator();
        var output = new ArrayBufferWriter<byte>(1 << 20);
        var context = Streams.Context();
        var before = 0L;
        for (var round = 0; round < 2; round++)
        {
            output.ResetWrittenCount();
            translator.Begin(context);
            before = GC.GetAllocatedBytesForCurrentThread();
            for (var at = 0; at < 200; at++)
            {
                translator.Feed(chunk, output);
            }
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
