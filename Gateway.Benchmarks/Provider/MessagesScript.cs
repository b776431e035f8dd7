using System.Text;

namespace Gateway.Benchmarks.Provider;

/// <summary>Answers as Anthropic's Messages API gives them: an agent's turn of thinking, text and a tool call.</summary>
internal static class MessagesScript
{
    private const string Start =
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_01Scripted","type":"message","role":"assistant","model":"claude-scripted","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":11000,"cache_creation_input_tokens":0,"cache_read_input_tokens":10000,"output_tokens":1}}}

        event: ping
        data: {"type":"ping"}


        """;

    private const string Stop =
        """
        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":EVENTS}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    /// <summary>A stream with so many deltas: a fifth thinks, a fifth calls a tool, the rest is text.</summary>
    public static StampedPiece[] Stream(int events)
    {
        var fifth = events / 5;
        var pieces = new List<StampedPiece>(events);
        var blocks = 0;
        foreach (var (kind, count) in (ReadOnlySpan<(Kind, int)>)[(Thinking, fifth), (Text, events - (2 * fifth)), (Call, fifth)])
        {
            AddBlock(pieces, kind, blocks, count);
            blocks += count > 0 ? 1 : 0;
        }

        pieces[0] = pieces[0] with { Before = [.. Utf8(Start), .. pieces[0].Before] };
        pieces[^1] = pieces[^1] with { After = [.. pieces[^1].After, .. Utf8(Stop.Replace("EVENTS", $"{events}", StringComparison.Ordinal))] };
        return [.. pieces];
    }

    /// <summary>One document of about so many bytes.</summary>
    public static byte[] Json(int bytes)
    {
        const string Head =
            """{"id":"msg_01Scripted","type":"message","role":"assistant","model":"claude-scripted","content":[{"type":"text","text":" """;
        const string Tail =
            """ "}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":11000,"output_tokens":200}}""";
        return Utf8(Head + new string('x', Math.Max(0, bytes - Head.Length - Tail.Length)) + Tail);
    }

    /// <summary>A delta of a text, with all that goes before the first one and after the last one.</summary>
    public static StampedPiece TextDelta(bool isFirst, bool isLast)
    {
        var pieces = new List<StampedPiece>();
        AddBlock(pieces, Text, 0, count: 3);
        var piece = pieces[1];
        return new StampedPiece(
            isFirst ? [.. Utf8(Start), .. pieces[0].Before] : piece.Before,
            isLast ? [.. pieces[2].After, .. Utf8(Stop.Replace("EVENTS", "100", StringComparison.Ordinal))] : piece.After);
    }

    private static void AddBlock(List<StampedPiece> pieces, Kind kind, int index, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var before = i == 0 ? Event("content_block_start", $"\"index\":{index},\"content_block\":{kind.Block}") : "";
            var after = i == count - 1 ? kind.Ending(index) + Event("content_block_stop", $"\"index\":{index}") : "";
            var delta = Event("content_block_delta", $"\"index\":{index},\"delta\":{{\"type\":\"{kind.Delta}\":\"{(i == 0 ? kind.Open : "")}@{(i == count - 1 ? kind.Close : " and so on")}\"}}");
            var stamp = delta.IndexOf('@', StringComparison.Ordinal);
            pieces.Add(new StampedPiece(Utf8(before + delta[..stamp]), Utf8(delta[(stamp + 1)..] + after)));
        }
    }

    private static string Event(string name, string members) => $"event: {name}\ndata: {{\"type\":\"{name}\",{members}}}\n\n";

    // The pieces of a call's arguments are one JSON object in the end; a thinking block ends with its signature.
    private static readonly Kind Thinking = new("""{"type":"thinking","thinking":"","signature":""}""", "thinking_delta\",\"thinking", "", "")
    {
        Signature = "\"delta\":{\"type\":\"signature_delta\",\"signature\":\"c2NyaXB0ZWQ=\"}",
    };

    private static readonly Kind Text = new("""{"type":"text","text":""}""", "text_delta\",\"text", "", "");

    private static readonly Kind Call = new(
        """{"type":"tool_use","id":"toolu_01Scripted","name":"Bash","input":{}}""", "input_json_delta\",\"partial_json", "{\\\"command\\\":\\\"", "\\\"}");

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private sealed record Kind(string Block, string Delta, string Open, string Close)
    {
        public string Signature { get; init; } = "";

        public string Ending(int index) => Signature.Length > 0 ? Event("content_block_delta", $"\"index\":{index},{Signature}") : "";
    }
}
