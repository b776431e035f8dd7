using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Translation.Clients;

namespace Gateway.Tests.Core.Translation.Clients;

/// <summary>Streams of Anthropic's, and what a client of OpenAI's gets.</summary>
internal static class ChatStreams
{
    public const string Start =
        """{"type":"message_start","message":{"id":"msg_1","type":"message","model":"theirs","content":[],"usage":{"input_tokens":5,"cache_read_input_tokens":2,"cache_creation_input_tokens":1,"output_tokens":1}}}""";

    public const string Stop = """{"type":"message_stop"}""";

    public static ChatAnswerContext Context(bool includesUsage = false, bool usesFunctions = false) => new()
    {
        ClientModel = "mine"u8.ToArray(),
        CreatedAt = 7,
        IncludesUsage = includesUsage,
        UsesFunctions = usesFunctions,
    };

    /// <summary>A block with these deltas.</summary>
    public static string[] Block(int index, string block, params string[] deltas) =>
    [
        $$"""{"type":"content_block_start","index":{{index}},"content_block":{{block}}}""",
        .. deltas.Select(delta => $$"""{"type":"content_block_delta","index":{{index}},"delta":{{delta}}}"""),
        $$"""{"type":"content_block_stop","index":{{index}}}""",
    ];

    public static string[] Text(int index, params string[] pieces) => Block(
        index, """{"type":"text","text":""}""", [.. pieces.Select(piece => $$"""{"type":"text_delta","text":"{{piece}}"}""")]);

    public static string[] Tool(int index, string id, string name, params string[] pieces) => Block(
        index,
        $$$$"""{"type":"tool_use","id":"{{{{id}}}}","name":"{{{{name}}}}","input":{}}""",
        [.. pieces.Select(piece => $$"""{"type":"input_json_delta","partial_json":"{{piece}}"}""")]);

    public static string End(string reason, string members = "") =>
        $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}","stop_sequence":null{{{members}}}},"usage":{"output_tokens":9}}""";

    /// <summary>The events as bytes.</summary>
    public static byte[] Of(params IEnumerable<string> events) => Encoding.UTF8.GetBytes(string.Concat(
        events.Select(data => $"event: {TypeOf(data)}\ndata: {data}\n\n")));

    public static string Translate(byte[] stream, ChatAnswerContext? context = null, int piece = int.MaxValue, bool isClean = true, ChatStreamWriter? writer = null)
    {
        var output = new ArrayBufferWriter<byte>();
        writer ??= new ChatStreamWriter();
        writer.Begin(context ?? Context());
        for (var at = 0; at < stream.Length; at += Math.Min(piece, stream.Length - at))
        {
            writer.Feed(stream.AsSpan(at, Math.Min(piece, stream.Length - at)), output);
        }

        writer.EndOfBody(isClean, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>What the chunks hold: each delta, or the reason of the end, or the whole event if it is no chunk.</summary>
    public static IEnumerable<string> Chunks(string output)
    {
        foreach (var line in output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var data = line.StartsWith("data: {", StringComparison.Ordinal) ? line["data: ".Length..] : "null";
            using var document = JsonDocument.Parse(data);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("choices", out var choices) || choices.GetArrayLength() == 0)
            {
                yield return line;
                continue;
            }

            var reason = choices[0].GetProperty("finish_reason");
            yield return reason.ValueKind == JsonValueKind.String ? reason.GetString()! : choices[0].GetProperty("delta").GetRawText();
        }
    }

    private static string TypeOf(string data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.GetProperty("type").GetString()!;
    }
}
