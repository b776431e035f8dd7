using System.Buffers;
using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>What the built-in model understands of a request.</summary>
internal sealed class SyntheticRequest
{
    private const int MostDepth = 512;

    private SyntheticRequest()
    {
    }

    public string Model { get; private init; } = "";

    public bool Streams { get; private init; }

    public bool Thinks { get; private init; }

    public bool WantsJson { get; private init; }

    public int Messages { get; private init; }

    public IReadOnlyList<string> Tools { get; private init; } = [];

    public string? ForcedTool { get; private init; }

    public int MaxTokens { get; private init; } = int.MaxValue;

    public IReadOnlyList<string> StopSequences { get; private init; } = [];

    /// <summary>Text of the last message of the user that is not just a tool's result.</summary>
    public string Prompt { get; private init; } = "";

    /// <summary>Text of the tool results in the last message; null if it holds none.</summary>
    public string? ToolResult { get; private init; }

    /// <summary>Tool calls made since that prompt.</summary>
    public int CallsMade { get; private init; }

    public int Images { get; private init; }

    public int InputTokens { get; private init; }

    public ulong Hash { get; private init; }

    /// <summary>Reads a body whose JSON the scanner has found sound.</summary>
    public static SyntheticRequest Read(in ReadOnlySequence<byte> body)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostDepth });
        var root = document.RootElement;
        var messages = Items(root, "messages");
        var tools = Items(root, "tools");
        var turn = ReadTurn(messages);
        var counter = new TokenCounter();
        counter.Add(root);
        return new SyntheticRequest
        {
            Model = Text(root, "model") ?? "",
            Streams = Is(root, "stream", JsonValueKind.True),
            Thinks = Text(Member(root, "thinking"), "type") is "enabled" or "adaptive",
            WantsJson = Member(Member(root, "output_config"), "format").ValueKind == JsonValueKind.Object,
            Messages = messages.Count,
            Tools = [.. tools.Select(tool => Text(tool, "name") ?? "")],
            ForcedTool = ReadForcedTool(Member(root, "tool_choice"), tools),
            MaxTokens = Member(root, "max_tokens") is { ValueKind: JsonValueKind.Number } most && most.TryGetInt32(out var value) ? value : int.MaxValue,
            StopSequences = [.. Items(root, "stop_sequences").Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
            Prompt = turn.Prompt,
            ToolResult = turn.Result,
            CallsMade = turn.Calls,
            Images = counter.Images,
            InputTokens = counter.Tokens,
            Hash = HashOf(body),
        };
    }

    private static (string Prompt, string? Result, int Calls) ReadTurn(List<JsonElement> messages)
    {
        string? result = null;
        var calls = 0;
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            var message = messages[i];
            var blocks = Items(message, "content");
            if (Text(message, "role") == "assistant")
            {
                calls += blocks.Count(block => Text(block, "type") == "tool_use");
                continue;
            }

            if (Text(message, "role") != "user")
            {
                continue;
            }

            var results = blocks.Where(block => Text(block, "type") == "tool_result").ToList();
            if (results.Count == 0)
            {
                return (PromptOf(message, blocks), result, calls);
            }

            result ??= i >= messages.Count - 2 || calls == 0 ? string.Join('\n', results.Select(ResultText)) : null;
        }

        return ("", result, calls);
    }

    // Reminders that the client wraps around a prompt are not what the user said.
    private static string PromptOf(JsonElement message, List<JsonElement> blocks)
    {
        if (Text(message, "content") is { } plain)
        {
            return plain;
        }

        var texts = blocks.Select(block => Text(block, "text")).OfType<string>().ToList();
        var said = texts.Where(text => !text.TrimStart().StartsWith("<system-reminder>", StringComparison.Ordinal)).ToList();
        return string.Join('\n', said.Count > 0 ? said : texts);
    }

    private static string ResultText(JsonElement block) =>
        Text(block, "content") ?? string.Join('\n', Items(block, "content").Select(item => Text(item, "text") ?? $"[{Text(item, "type")}]"));

    private static string? ReadForcedTool(JsonElement choice, List<JsonElement> tools) => Text(choice, "type") switch
    {
        "tool" => Text(choice, "name"),
        "any" => tools.Select(tool => Text(tool, "name")).FirstOrDefault(name => name is not null),
        _ => null,
    };

    private static ulong HashOf(in ReadOnlySequence<byte> body)
    {
        // FNV-1a: the same request has the same ids.
        var hash = 14695981039346656037UL;
        foreach (var segment in body)
        {
            foreach (var value in segment.Span)
            {
                hash = (hash ^ value) * 1099511628211UL;
            }
        }

        return hash;
    }

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    private static bool Is(JsonElement json, string name, JsonValueKind kind) => Member(json, name).ValueKind == kind;

    private static string? Text(JsonElement json, string name)
    {
        var value = Member(json, name);
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half a surrogate pair: legal JSON, but no text.
            return "";
        }
    }

    private static List<JsonElement> Items(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
}
