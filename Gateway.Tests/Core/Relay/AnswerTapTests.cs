using System.Text;
using Gateway.Core.Compatibility;
using Gateway.Core.Relay;
using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Relay;

[TestFixture]
internal sealed class AnswerTapTests
{
    private static readonly Usage FinalUsage = new(25, 89, 4096, 7, UsageSource.Final);

    [TestCaseSource(typeof(SampleAnswers), nameof(SampleAnswers.Spellings))]
    public void Reads_a_stream_in_every_legal_spelling(string stream)
    {
        var said = AnswerSummary.Whole(AnswerKind.EventStream, stream);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Usage, Is.EqualTo(FinalUsage));
            Assert.That(said.StopReason, Is.EqualTo("tool_use"));
            Assert.That(said.Model, Is.EqualTo("claude-opus-5-5"));
            Assert.That(said.Events, Is.EqualTo(11));
            Assert.That(said.Bytes, Is.EqualTo(Encoding.UTF8.GetByteCount(stream)));
            Assert.That(said is
            {
                AtEventBoundary: true, MessageStarted: true, ContentStarted: true, MessageStopped: true,
                HasError: false, ErrorType: "",
            });
        }
    }

    [TestCaseSource(typeof(SampleAnswers), nameof(SampleAnswers.Spellings))]
    public void Says_the_same_wherever_a_stream_is_cut(string stream) =>
        AssertSameAtEveryCut(AnswerKind.EventStream, stream);

    [Test]
    public void Says_the_same_wherever_a_message_is_cut() =>
        AssertSameAtEveryCut(AnswerKind.Message, SampleAnswers.Message);

    [Test]
    public void Says_the_same_wherever_an_error_is_cut()
    {
        AssertSameAtEveryCut(AnswerKind.Message, SampleAnswers.ErrorBody);
        AssertSameAtEveryCut(AnswerKind.EventStream, SampleAnswers.Event("error", SampleAnswers.ErrorBody));
    }

    [Test]
    public void Says_the_same_wherever_a_long_name_is_cut()
    {
        var model = new string('ü', 63) + "🌍🌍";
        var message = """{"type":"message","model":"a\/\"\\\u0041\n%","usage":{"input_tokens":1}}""".Replace("%", model);
        AssertSameAtEveryCut(AnswerKind.Message, message);
        Assert.That(
            AnswerSummary.Whole(AnswerKind.Message, message).Model,
            Is.EqualTo("a/\"\\??" + new string('ü', 61)));
    }

    [Test]
    public void Reads_a_whole_message()
    {
        var said = AnswerSummary.Whole(AnswerKind.Message, SampleAnswers.Message);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Usage, Is.EqualTo(new Usage(12, 34, 56, 0, UsageSource.Final)));
            Assert.That(said is
            {
                MessageStarted: true, MessageStopped: true, HasError: false, StopReason: "end_turn",
                Model: "claude-opus-5-5", Events: 0,
            });
        }
    }

    [Test]
    public void A_message_that_breaks_off_yields_what_it_said()
    {
        var said = AnswerSummary.Whole(AnswerKind.Message, """{"type":"message","usage":{"input_tokens":12,"output""");
        Assert.That(said is { MessageStarted: true, MessageStopped: false, Usage.Source: UsageSource.Partial });
        Assert.That(said.Usage.InputTokens, Is.EqualTo(12));
    }

    [TestCase("""{"type":"error","error":{"type":"rate_limit_error","message":"type"}}""", "rate_limit_error")]
    [TestCase("""{"error":{"message":"no such model","type":"invalid_request_error","code":404}}""", "invalid_request_error")]
    [TestCase("""{"error":"model not found"}""", "")]
    [TestCase("""{"type":"error"}""", "")]
    public void Knows_an_error_body(string body, string type)
    {
        var said = AnswerSummary.Whole(AnswerKind.Message, body);
        Assert.That(said is { HasError: true, MessageStarted: false });
        Assert.That(said.ErrorType, Is.EqualTo(type));
    }

    [TestCase("")]
    [TestCase("<html><body>502</body></html>")]
    [TestCase("\"error\"")]
    [TestCase("[{\"type\":\"error\"}]")]
    [TestCase("{")]
    [TestCase("{}")]
    [TestCase("}}}]]]\"\"\"\\\\")]
    [TestCase("""{"error":null,"usage":null,"model":7,"stop_reason":[],"message":"x","delta":4}""")]
    [TestCase("""{"usage":{"input_tokens":"many","output_tokens":-3,"cache_read_input_tokens":null}}""")]
    public void Learns_nothing_from_other_bodies(string body)
    {
        var said = AnswerSummary.Whole(AnswerKind.Message, body);
        Assert.That(said is { HasError: false, MessageStarted: false, Model: "", StopReason: "" });
        Assert.That(said.Usage, Is.EqualTo(Usage.None));
    }

    [TestCase("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n", "overloaded_error")]
    [TestCase("data: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}\n\n", "api_error")]
    [TestCase("data: {\"error\":{\"message\":\"m\",\"type\":\"server_error\"}}\n\n", "server_error")]
    [TestCase("event: error\ndata: down for maintenance\n\n", "")]
    public void Knows_an_error_event(string stream, string type)
    {
        var said = AnswerSummary.Whole(AnswerKind.EventStream, SampleAnswers.Event("message_start", SampleAnswers.MessageStart) + stream);
        Assert.That(said is { HasError: true, MessageStarted: true, ContentStarted: false, MessageStopped: false });
        Assert.That(said.ErrorType, Is.EqualTo(type));
        Assert.That(said.Usage, Is.EqualTo(new Usage(25, 1, 4096, 7, UsageSource.Partial)));
    }

    /// <summary>Answers with thinking that is signed, and the signatures in them.</summary>
    private static IEnumerable<TestCaseData> SignedAnswers()
    {
        const string Compact = """{"type":"content_block_delta","index":12,"delta":{"type":"signature_delta","signature":"EqQB+/=="}}""";
        const string Spaced = """{"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": "EqQB+/=="}}""";
        const string Thinking = """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"signature"}}""";
        const string Begun = """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""";
        const string Redacted = """{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"Zm9v"}}""";
        yield return Case(AnswerKind.EventStream, SampleAnswers.Event("content_block_delta", Compact), "EqQB+/==");
        yield return Case(AnswerKind.EventStream, SampleAnswers.Event("content_block_delta", Spaced), "EqQB+/==");
        yield return Case(AnswerKind.EventStream, $"data: {Compact}\r\n\r\n", "EqQB+/==");
        yield return Case(
            AnswerKind.EventStream,
            SampleAnswers.Event("content_block_start", Begun) + SampleAnswers.Event("content_block_delta", Thinking)
                + SampleAnswers.Event("content_block_delta", Compact) + SampleAnswers.Event("content_block_start", Redacted),
            "EqQB+/==",
            "Zm9v");
        yield return Case(
            AnswerKind.Message,
            """{"type":"message","content":[{"type":"thinking","thinking":"a\"signature\":\"no","signature":"S1"}, {"type":"redacted_thinking","data":"S2"},{"type":"tool_use","id":"t","input":{"signature":"no","data":[{"data":"no"}]}},{"type":"thinking","signature":"S\/3"}],"usage":{"input_tokens":1},"stop_reason":"end_turn"}""",
            "S1",
            "S2",
            @"S\/3");

        static TestCaseData Case(AnswerKind kind, string answer, params string[] signatures) => new(kind, answer, signatures);
    }

    [TestCaseSource(nameof(SignedAnswers))]
    public void Hears_every_signature_wherever_the_answer_is_cut(AnswerKind kind, string answer, string[] signatures)
    {
        var expected = string.Join(' ', signatures.Select(signature => Signatures.HashOf(Encoding.UTF8.GetBytes(signature))));
        Assert.That(AnswerSummary.Whole(kind, answer).Signatures, Is.EqualTo(expected));
        AssertSameAtEveryCut(kind, answer);
    }

    [Test]
    public void Behind_the_content_of_a_message_it_reads_on()
    {
        var said = AnswerSummary.Whole(AnswerKind.Message, """{"type":"message","content":[{"type":"text","text":"}]"}],"usage":{"input_tokens":3},"stop_reason":"end_turn","model":"m"}""");
        Assert.That(said is { MessageStopped: true, StopReason: "end_turn", Model: "m", Usage.InputTokens: 3, Signatures: "" });
    }

    [Test]
    public void More_signatures_than_there_is_room_for_are_let_pass()
    {
        var answer = string.Concat(Enumerable.Range(0, 50).Select(i =>
            SampleAnswers.Event("content_block_delta", $$$"""{"type":"content_block_delta","index":{{{i}}},"delta":{"type":"signature_delta","signature":"S{{{i}}}"}}""")));
        Assert.That(AnswerSummary.Whole(AnswerKind.EventStream, answer).Signatures.Split(' '), Has.Length.EqualTo(32));
    }

    [TestCase("data: [DONE]\n\n", 1)]
    [TestCase("event: vendor_news\ndata: {\"type\":\"message_stop\",\"usage\":{\"input_tokens\":1}}\n\n", 1)]
    [TestCase("event: a_name_that_is_far_longer_than_any_name_we_know\ndata: {\"type\":\"error\"}\n\n", 1)]
    [TestCase(": keep-alive\n\n", 0)]
    [TestCase("event: error\n\n", 0)]
    [TestCase("eventually: error\ndatabase: {\"type\":\"error\"}\n\n", 0)]
    [TestCase("event: error\ndata: {\"type\":\"error\"}\n", 0)]
    [TestCase("<html>502</html>", 0)]
    public void Odd_events_change_nothing(string odd, long events)
    {
        var said = AnswerSummary.Whole(AnswerKind.EventStream, SampleAnswers.Regular + odd);
        Assert.That(said is { HasError: false, StopReason: "tool_use", ErrorType: "" });
        Assert.That(said.Usage, Is.EqualTo(FinalUsage));
        Assert.That(said.Events, Is.EqualTo(11 + events));
        AssertSameAtEveryCut(AnswerKind.EventStream, odd);
    }

    [Test]
    public void A_line_that_only_says_data_is_data() =>
        Assert.That(AnswerSummary.Whole(AnswerKind.EventStream, "event: message_stop\ndata\n\n").MessageStopped);

    [Test]
    public void Later_figures_replace_earlier_ones_but_a_zero_erases_none()
    {
        var stream = SampleAnswers.Event("message_start", SampleAnswers.MessageStart)
            + SampleAnswers.Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":"pause_turn"},"usage":{"input_tokens":30,"output_tokens":40,"cache_read_input_tokens":0}}""")
            + SampleAnswers.Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":null},"usage":{"input_tokens":null,"output_tokens":50}}""");
        var said = AnswerSummary.Whole(AnswerKind.EventStream, stream);
        Assert.That(said.Usage, Is.EqualTo(new Usage(30, 50, 4096, 7, UsageSource.Final)));
        Assert.That(said.StopReason, Is.EqualTo("pause_turn"));
    }

    [Test]
    public void Is_at_a_boundary_exactly_where_no_event_is_half_sent()
    {
        var stream = Encoding.UTF8.GetBytes(SampleAnswers.Regular);
        var tap = new AnswerTap();
        tap.Begin(AnswerKind.EventStream);
        for (var at = 0; at < stream.Length; at++)
        {
            var expected = at == 0 || stream.AsSpan(0, at).EndsWith("\n\n"u8);
            Assert.That(tap.AtEventBoundary, Is.EqualTo(expected), $"before byte {at}");
            tap.Observe(stream.AsSpan(at, 1));
        }

        Assert.That(tap.AtEventBoundary);
    }

    [Test]
    public void Content_has_started_with_the_first_block_and_not_before()
    {
        var tap = new AnswerTap();
        tap.Begin(AnswerKind.EventStream);
        tap.Observe(Encoding.UTF8.GetBytes(SampleAnswers.Event("message_start", SampleAnswers.MessageStart)));
        Assert.That(tap.ContentStarted, Is.False);
        tap.Observe("event: content_block_start\ndata: {}\n\n"u8);
        Assert.That(tap.ContentStarted);
    }

    [Test]
    public void Opaque_answers_are_only_counted()
    {
        var said = AnswerSummary.Whole(AnswerKind.Opaque, SampleAnswers.ErrorBody);
        Assert.That(said is { HasError: false, AtEventBoundary: true });
        Assert.That(said.Bytes, Is.EqualTo(SampleAnswers.ErrorBody.Length));
    }

    [Test]
    public void Begin_forgets_everything()
    {
        var tap = new AnswerTap();
        tap.Begin(AnswerKind.EventStream);
        tap.Observe(Encoding.UTF8.GetBytes(SampleAnswers.Regular + "data: {\"usage\":{\"input_tok"));
        tap.Begin(AnswerKind.Message);
        tap.Observe("{\"type\":\"message\"}"u8);
        tap.End();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tap.MessageStopped && tap.AtEventBoundary && !tap.ContentStarted && !tap.HasError);
            Assert.That(tap.Usage, Is.EqualTo(Usage.None));
            Assert.That(tap.Model.Length + tap.StopReason.Length + tap.ErrorType.Length, Is.Zero);
            Assert.That(tap.Events, Is.Zero);
        }
    }

    [Test]
    public void Random_bytes_never_make_it_fault([Range(1, 50)] int seed)
    {
        const string Alphabet = "{}[]\":,\\u01 \n\r-tnevdataerrousgm_";
        var chance = (uint)seed;
        var bytes = new byte[2000];
        foreach (ref var each in bytes.AsSpan())
        {
            chance = (chance * 1664525) + 1013904223;
            var roll = (int)(chance >> 16);
            each = roll % 20 == 0 ? (byte)(roll >> 8) : (byte)Alphabet[roll % Alphabet.Length];
        }

        foreach (var kind in Enum.GetValues<AnswerKind>())
        {
            var whole = AnswerSummary.CutAt(kind, bytes, 0);
            Assert.That(AnswerSummary.InPieces(kind, bytes, 1), Is.EqualTo(whole));
            Assert.That(AnswerSummary.InPieces(kind, bytes, 7), Is.EqualTo(whole));
        }
    }

    [Test]
    public void Observing_allocates_nothing()
    {
        var stream = Encoding.UTF8.GetBytes(SampleAnswers.Regular);
        var message = Encoding.UTF8.GetBytes(SampleAnswers.Message);
        var tap = new AnswerTap();
        Rounds(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Rounds(1000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Rounds(int count)
        {
            for (var round = 0; round < count; round++)
            {
                tap.Begin(AnswerKind.EventStream);
                tap.Observe(stream.AsSpan(0, 100));
                tap.Observe(stream.AsSpan(100));
                tap.End();
                tap.Begin(AnswerKind.Message);
                tap.Observe(message);
                tap.End();
            }
        }
    }

    [Test]
    public void What_was_written_before_a_cut_is_estimated_the_same_in_pieces_of_any_size([Values(1, 16, 100, 100_000)] int size, [Values("\n", "\r\n")] string lineEnd)
    {
        const string Begin = "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
        const string Delta = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"sixteen letters.\"}}\n\n";
        var stream = Encoding.UTF8.GetBytes((SampleAnswers.Event("message_start", SampleAnswers.MessageStart) + Begin + string.Concat(Enumerable.Repeat(Delta, 100))).ReplaceLineEndings(lineEnd));
        var tap = new AnswerTap();
        tap.Begin(AnswerKind.EventStream);
        for (var at = 0; at < stream.Length; at += size)
        {
            tap.Observe(stream.AsSpan(at, Math.Min(size, stream.Length - at)));
        }

        Assert.That(tap.Bill.OutputTokens, Is.InRange(380, 520));
        Assert.That(tap.Bill.Source, Is.EqualTo(UsageSource.Estimated));
    }

    private static void AssertSameAtEveryCut(AnswerKind kind, string answer)
    {
        var bytes = Encoding.UTF8.GetBytes(answer);
        var whole = AnswerSummary.CutAt(kind, bytes, 0);
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            Assert.That(AnswerSummary.CutAt(kind, bytes, cut), Is.EqualTo(whole), $"cut at {cut}");
        }

        for (var size = 1; size <= 64; size++)
        {
            Assert.That(AnswerSummary.InPieces(kind, bytes, size), Is.EqualTo(whole), $"pieces of {size}");
        }
    }
}
