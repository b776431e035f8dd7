using System.Text;

namespace Gateway.Benchmarks.Provider;

/// <summary>The same turn as OpenAI's Chat Completions API streams it: reasoning, content and a tool call.</summary>
internal static class CompletionsScript
{
    private const string Usage =
        """data: {"id":"chatcmpl-scripted","object":"chat.completion.chunk","created":1700000000,"model":"gpt-scripted","choices":[],"usage":{"prompt_tokens":11000,"completion_tokens":EVENTS,"total_tokens":11000}}""";

    /// <summary>A stream with so many deltas, divided as in <see cref="MessagesScript.Stream"/>.</summary>
    public static StampedPiece[] Stream(int events)
    {
        var fifth = events / 5;
        var pieces = new List<StampedPiece>(events);
        Add(pieces, fifth, static (_, _) => """{"reasoning_content":"@ and so on"}""");
        Add(pieces, events - (2 * fifth), static (_, _) => """{"content":"@ and so on"}""");
        Add(pieces, fifth, Call);
        pieces[0] = pieces[0] with { Before = [.. Utf8(Chunk("""{"role":"assistant","content":""}""")), .. pieces[0].Before] };
        var end = Chunk("{}", fifth > 0 ? "\"tool_calls\"" : "\"stop\"")
            + Usage.Replace("EVENTS", $"{events}", StringComparison.Ordinal) + "\n\ndata: [DONE]\n\n";
        pieces[^1] = pieces[^1] with { After = [.. pieces[^1].After, .. Utf8(end)] };
        return [.. pieces];
    }

    private static void Add(List<StampedPiece> pieces, int count, Func<int, int, string> delta)
    {
        for (var i = 0; i < count; i++)
        {
            var chunk = Chunk(delta(i, count));
            var stamp = chunk.IndexOf('@', StringComparison.Ordinal);
            pieces.Add(new StampedPiece(Utf8(chunk[..stamp]), Utf8(chunk[(stamp + 1)..])));
        }
    }

    // The pieces of a call's arguments are one JSON object in the end.
    private static string Call(int i, int count)
    {
        var isFirst = i == 0;
        var open = isFirst ? """{"tool_calls":[{"index":0,"id":"call_scripted","type":"function","function":{"name":"Bash","arguments":"{\"command\":\"@""" :
            """{"tool_calls":[{"index":0,"function":{"arguments":"@""";
        var close = i == count - 1 ? """\"}"}}]}""" : """ and so on"}}]}""";
        return open + close;
    }

    private static string Chunk(string delta, string reason = "null") =>
        "data: {\"id\":\"chatcmpl-scripted\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-scripted\","
        + $"\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":{reason}}}]}}\n\n";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
