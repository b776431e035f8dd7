namespace Gateway.Tests.Core.Relay;

/// <summary>Answers as providers send them, the odd ones included.</summary>
internal static class SampleAnswers
{
    /// <summary>A regular stream: thinking, text, a tool call, a ping, characters of two to four bytes.</summary>
    public static string Regular => Event("message_start", MessageStart)
        + Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""")
        + Event("ping", """{"type": "ping"}""")
        + Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße, \"世界\" 🌍\n"}}""")
        + Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"stop_reason\":\"no\",\"usage\":{\"output_tokens\":9}"}}""")
        + Event("content_block_stop", """{"type":"content_block_stop","index":0}""")
        + Event("content_block_start", """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"Bash","input":{}}}""")
        + Event("content_block_delta", """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"command\":\"ls\"}"}}""")
        + Event("content_block_stop", """{"type":"content_block_stop","index":1}""")
        + Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":89}}""")
        + Event("message_stop", """{"type":"message_stop"}""");

    public static string MessageStart =>
        """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"claude-opus-5-5","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,"cache_creation_input_tokens":7,"cache_read_input_tokens":4096,"cache_creation":{"ephemeral_5m_input_tokens":7,"input_tokens":1},"output_tokens":1,"service_tier":"standard"}}}""";

    public static string Message =>
        """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-5-5",
         "content":[{"type":"text","text":"a \\\" } ] stop_reason\":\"x\" üß🌍"},{"type":"tool_use","input":{"usage":{"input_tokens":5},"type":"error"}}],
         "stop_reason":"end_turn","stop_sequence":null,
         "usage":{"input_tokens":12,"output_tokens":34,"cache_read_input_tokens":56,"cache_creation_input_tokens":0}}
        """;

    public static string ErrorBody =>
        """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}""";

    /// <summary>One event with LF line ends.</summary>
    public static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    /// <summary>The regular stream in another spelling that means the same.</summary>
    public static IEnumerable<TestCaseData> Spellings()
    {
        var regular = Regular;
        yield return Named(regular, "LF");
        yield return Named(regular.ReplaceLineEndings("\r\n"), "CRLF");
        yield return Named(regular.ReplaceLineEndings("\r"), "CR");
        yield return Named(regular.Replace(": ", ":"), "without spaces");
        yield return Named("\uFEFF" + regular, "byte order mark");
        yield return Named(regular.Replace("event:", ": hello\nid: 7\nretry:3\nevent:"), "comments and other fields");
        yield return Named(regular.Replace("\n\n", "\n\n\n\n"), "extra blank lines");
        yield return Named(regular.Replace("{\"type\"", "{\ndata:\ndata: \"type\""), "data of several lines");
        yield return Named(Swap(regular), "data before its name");
        yield return Named(Nameless(regular), "no event lines");
        yield return Named("event: message_stop\n\n" + regular, "an event without data");
        yield return Named(regular.Replace("\":", "\" : ").Replace(",\"", " , \""), "spaced JSON");
    }

    private static TestCaseData Named(string stream, string name) => new TestCaseData(stream).SetArgDisplayNames(name);

    private static string Nameless(string stream) =>
        string.Join('\n', stream.Split('\n').Where(line => !line.StartsWith("event:", StringComparison.Ordinal)));

    private static string Swap(string stream) =>
        string.Concat(stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(text => text.Split('\n'))
            .Select(lines => $"{lines[1]}\n{lines[0]}\n\n"));
}
