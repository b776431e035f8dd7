using System.Buffers;
using System.Text;
using Gateway.Core.Errors;
using Gateway.Core.Translation.Clients;
using Gateway.Tests.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatStreamWriterTests
{
    private const string Role = """{"role":"assistant","content":""}""";
    private const string Cut = """data: {"error":{"message":"The answer was cut before its end.","type":"server_error","param":null,"code":null}}""";

    private static readonly byte[] Rich = ChatStreams.Of(
    [
        ChatStreams.Start,
        """{"type":"ping"}""",
        .. ChatStreams.Block(0, """{"type":"thinking","thinking":"","signature":""}""", """{"type":"thinking_delta","thinking":"hm \u00e4"}""", """{"type":"signature_delta","signature":"s"}"""),
        .. ChatStreams.Text(1, "héllo \\\"you\\\" \\n", "", "😀"),
        .. ChatStreams.Block(2, """{"type":"server_tool_use","id":"s","name":"web_search","input":{}}""", """{"type":"input_json_delta","partial_json":"{}"}"""),
        .. ChatStreams.Tool(3, "toolu_a", "f", "", "{\\\"x\\\":", "\\\"\\\\n\\\"}"),
        .. ChatStreams.Tool(4, "toolu_b", "g"),
        ChatStreams.End("tool_use"),
        ChatStreams.Stop,
    ]);

    [Test]
    public void Writes_chunks() => Assert.That(
        ChatStreams.Chunks(ChatStreams.Translate(Rich)),
        Is.EqualTo(
        [
            Role,
            ": ping",
            """{"reasoning_content":"hm \u00e4"}""",
            """{"content":"héllo \"you\" \n"}""",
            """{"content":"😀"}""",
            """{"tool_calls":[{"index":0,"id":"toolu_a","type":"function","function":{"name":"f","arguments":""}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":"}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"\"\\n\"}"}}]}""",
            """{"tool_calls":[{"index":1,"id":"toolu_b","type":"function","function":{"name":"g","arguments":""}}]}""",
            """{"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]}""",
            "tool_calls",
            "data: [DONE]",
        ]));

    [Test]
    public void The_output_is_the_same_wherever_the_stream_is_cut([Values] bool hasCarriageReturns)
    {
        var stream = hasCarriageReturns ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Rich).Replace("\n", "\r\n", StringComparison.Ordinal)) : Rich;
        var expected = ChatStreams.Translate(Rich, ChatStreams.Context(includesUsage: true));
        var writer = new ChatStreamWriter();
        var output = new ArrayBufferWriter<byte>();
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            output.ResetWrittenCount();
            writer.Begin(ChatStreams.Context(includesUsage: true));
            writer.Feed(stream.AsSpan(0, cut), output);
            writer.Feed(stream.AsSpan(cut), output);
            writer.EndOfBody(isClean: true, output);
            Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Is.EqualTo(expected), $"cut at {cut}");
        }

        for (var piece = 1; piece <= 64; piece++)
        {
            Assert.That(ChatStreams.Translate(stream, ChatStreams.Context(includesUsage: true), piece, writer: writer), Is.EqualTo(expected), $"pieces of {piece}");
        }
    }

    [Test]
    public void Counts_tokens_for_whoever_asks()
    {
        var output = ChatStreams.Translate(Rich, ChatStreams.Context(includesUsage: true));
        Assert.That(output, Does.EndWith(
            """data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":7,"model":"mine","choices":[],"usage":{"prompt_tokens":8,"completion_tokens":9,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":2}}}"""
            + "\n\ndata: [DONE]\n\n"));
        Assert.That(output.Split("\"usage\":null").Length, Is.GreaterThan(9));
        Assert.That(ChatStreams.Translate(Rich), Does.Not.Contain("usage"));
    }

    [TestCase("end_turn", "stop")]
    [TestCase("stop_sequence", "stop")]
    [TestCase("max_tokens", "length")]
    [TestCase("refusal", "content_filter")]
    public void Says_why_it_ended(string reason, string finish) => Assert.That(
        ChatStreams.Chunks(ChatStreams.Translate(ChatStreams.Of([ChatStreams.Start, .. ChatStreams.Text(0, "x"), ChatStreams.End(reason), ChatStreams.Stop]))),
        Is.EqualTo([Role, """{"content":"x"}""", finish, "data: [DONE]"]));

    [Test]
    public void Says_why_the_model_refused() => Assert.That(
        ChatStreams.Chunks(ChatStreams.Translate(ChatStreams.Of(
            ChatStreams.Start, ChatStreams.End("refusal", ",\"stop_details\":{\"type\":\"refusal\",\"explanation\":\"no\"}"), ChatStreams.Stop))),
        Is.EqualTo([Role, """{"refusal":"no"}""", "content_filter", "data: [DONE]"]));

    [Test]
    public void Functions_of_old_have_their_own_form() => Assert.That(
        ChatStreams.Chunks(ChatStreams.Translate(
            ChatStreams.Of([ChatStreams.Start, .. ChatStreams.Tool(0, "a", "f", "{}"), .. ChatStreams.Tool(1, "b", "g", "{}"), ChatStreams.End("tool_use"), ChatStreams.Stop]),
            ChatStreams.Context(usesFunctions: true))),
        Is.EqualTo(
            [Role, """{"function_call":{"name":"f","arguments":""}}""", """{"function_call":{"arguments":"{}"}}""", "function_call", "data: [DONE]"]));

    [Test]
    public void An_error_ends_the_stream_without_an_end()
    {
        var stream = ChatStreams.Of(
            [ChatStreams.Start, .. ChatStreams.Text(0, "x"), """{"type":"error","error":{"type":"overloaded_error","message":"busy"}}""", ChatStreams.End("end_turn"), ChatStreams.Stop]);
        Assert.That(
            ChatStreams.Chunks(ChatStreams.Translate(stream)),
            Is.EqualTo([Role, """{"content":"x"}""", """data: {"error":{"message":"busy","type":"server_error","param":null,"code":"overloaded"}}"""]));
    }

    [Test]
    public void An_error_may_come_first()
    {
        var stream = ChatStreams.Of("""{"type":"error","error":{"type":"api_error","message":"no"}}""");
        Assert.That(ChatStreams.Translate(stream), Is.EqualTo("data: {\"error\":{\"message\":\"no\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n"));
    }

    [Test]
    public void An_event_that_is_no_json_ends_the_stream_and_is_not_repeated()
    {
        var stream = (byte[])[.. ChatStreams.Of(ChatStreams.Start), .. "event: content_block_delta\ndata: {\"sec\n\n"u8, .. ChatStreams.Of(ChatStreams.End("end_turn"), ChatStreams.Stop)];
        Assert.That(ChatStreams.Translate(stream), Does.EndWith("\"code\":null}}\n\n").And.Not.Contains("sec").And.Not.Contains("DONE"));
    }

    [Test]
    public void A_stream_that_is_cut_never_gets_an_end()
    {
        var finish = Encoding.UTF8.GetString(Rich).IndexOf("event: message_delta", StringComparison.Ordinal);
        var end = Encoding.UTF8.GetByteCount(Encoding.UTF8.GetString(Rich)[..finish]);
        for (var length = 0; length <= end; length++)
        {
            var output = ChatStreams.Translate(Rich[..length], isClean: false);
            Assert.That(output, Does.EndWith(Cut + "\n\n").And.Not.Contains("[DONE]").And.Not.Contains("\"finish_reason\":\""), $"{length} bytes");
        }
    }

    [Test]
    public void Survives_any_byte_in_any_place([Values('"', '{', '}', '\\', ':', '\n', '0')] char other)
    {
        var stream = Rich.ToArray();
        var writer = new ChatStreamWriter();
        for (var at = 0; at < stream.Length; at++)
        {
            var known = stream[at];
            stream[at] = (byte)other;
            Assert.That(() => ChatStreams.Chunks(ChatStreams.Translate(stream, writer: writer)).Count(), Throws.Nothing, $"byte {at}");
            Assert.That(writer.IsEnded);
            stream[at] = known;
        }
    }

    [Test]
    public void A_clean_end_without_a_reason_is_a_cut_as_well() => Assert.That(
        ChatStreams.Chunks(ChatStreams.Translate(ChatStreams.Of([ChatStreams.Start, .. ChatStreams.Text(0, "x"), ChatStreams.Stop]))),
        Is.EqualTo([Role, """{"content":"x"}""", Cut]));

    [Test]
    public void An_answer_whose_reason_is_known_is_whole([Values] bool isClean) => Assert.That(
        ChatStreams.Chunks(ChatStreams.Translate(ChatStreams.Of(ChatStreams.Start, ChatStreams.End("end_turn")), isClean: isClean)),
        Is.EqualTo([Role, "stop", "data: [DONE]"]));

    // The relay says in Anthropic's dialect why it cannot go on.
    [TestCase("event: content_block_del")]
    [TestCase("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"del")]
    public void The_gateways_own_faults_are_told(string half)
    {
        var stream = (byte[])[.. ChatStreams.Of(ChatStreams.Start), .. Encoding.UTF8.GetBytes(half), .. RelayFault.CloseHalfEvent, .. RelayFault.ProviderSilent];
        Assert.That(
            ChatStreams.Translate(stream, isClean: false),
            Does.EndWith("\"The provider stopped sending and the answer was given up.\",\"type\":\"server_error\",\"param\":null,\"code\":\"timeout\"}}\n\n"));
    }

    // From a provider of OpenAI's dialect to a client of it, with Anthropic's between.
    [Test]
    public void A_round_trip_keeps_the_answer()
    {
        var upstream = Streams.Delta("\"reasoning_content\":\"hm\"") + Streams.Delta("\"content\":\"a \\\"b\\\" \\u00e4\"")
            + Streams.Call(0, "a", "f", "{\\\"x\\\":1}") + Streams.Call(1, "b", "g", "{}") + Streams.End("tool_calls");
        var anthropic = Encoding.UTF8.GetBytes(Streams.Translate(upstream));
        Assert.That(
            ChatStreams.Chunks(ChatStreams.Translate(anthropic)),
            Is.EqualTo(
            [
                Role,
                """{"reasoning_content":"hm"}""",
                """{"content":"a \"b\" ä"}""",
                """{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}""",
                """{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":1}"}}]}""",
                """{"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":""}}]}""",
                """{"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]}""",
                "tool_calls",
                "data: [DONE]",
            ]));
    }

    [Test]
    public void Nothing_follows_the_end()
    {
        var writer = new ChatStreamWriter();
        var expected = ChatStreams.Translate(Rich, writer: writer);
        Assert.That((writer.HasStarted, writer.IsEnded), Is.EqualTo((true, true)));
        Assert.That(ChatStreams.Translate([.. Rich, .. Rich], writer: writer), Is.EqualTo(expected));
    }

    [Test]
    public void Comments_and_unknown_events_are_left_out()
    {
        var stream = (byte[])[.. ": hello\n\n"u8, .. ChatStreams.Of(ChatStreams.Start, """{"type":"new_thing","delta":{"text":"x"}}""", ChatStreams.Start, ChatStreams.End("end_turn"), ChatStreams.End("max_tokens"), ChatStreams.Stop)];
        Assert.That(ChatStreams.Chunks(ChatStreams.Translate(stream)), Is.EqualTo([Role, "stop", "data: [DONE]"]));
    }

    [Test]
    public void Allocates_nothing_once_warm()
    {
        var writer = new ChatStreamWriter();
        var output = new ArrayBufferWriter<byte>(1 << 20);
        var context = ChatStreams.Context(includesUsage: true);
        var before = 0L;
        for (var round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            for (var at = 0; at < 50; at++)
            {
                output.ResetWrittenCount();
                writer.Begin(context);
                writer.Feed(Rich, output);
                writer.EndOfBody(isClean: true, output);
            }
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
