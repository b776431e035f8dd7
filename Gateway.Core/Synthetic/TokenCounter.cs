using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>Estimates the tokens of a prompt, and how much of it a prompt cache would hold.</summary>
/// <remarks>
/// Four bytes of text, or of a tool's JSON, are a token; so are the few that frame a message or a block. Rather high than
/// low: a client that compacts too late is stuck. Parts are counted in the order a prompt cache sees them: tools, system,
/// messages (platform.claude.com/docs/en/build-with-claude/prompt-caching).
/// </remarks>
internal sealed class TokenCounter
{
    private const int BytesPerToken = 4;
    private const int Frame = 4;
    private const int Document = 3_000;

    // What opens the answer stands behind every breakpoint: no request is read from the cache entirely.
    private const int Opening = 3;

    private long _tokens;
    private long _bytes;
    private long _cachedUpTo;
    private long _readUpTo;
    private bool _isLongLived;

    /// <summary>Images at any depth.</summary>
    public int Images { get; private set; }

    private long Total => _tokens + ((_bytes + BytesPerToken - 1) / BytesPerToken);

    /// <summary>Counts a whole request.</summary>
    public static TokenCounter Of(JsonElement request)
    {
        var counter = new TokenCounter();
        foreach (var tool in RequestJson.Items(request, "tools"))
        {
            counter.Raw(tool);
            counter.Mark(tool);
        }

        counter.Content(RequestJson.Member(request, "system"));
        counter.Raw(RequestJson.Member(RequestJson.Member(request, "output_config"), "format"));
        foreach (var message in RequestJson.Items(request, "messages"))
        {
            counter.Message(message);
        }

        return counter;
    }

    /// <summary>What was counted, as the usage of an answer tells it.</summary>
    public PromptTokens Count()
    {
        var read = Math.Min(_readUpTo, _cachedUpTo);
        return new PromptTokens(Clamp(Total - _cachedUpTo + Opening), Clamp(_cachedUpTo - read), Clamp(read), _isLongLived);
    }

    // What stood before the last answer is what the request before this one has put into the cache.
    private void Message(JsonElement message)
    {
        if (RequestJson.Text(message, "role") == "assistant")
        {
            _readUpTo = Total;
        }

        _tokens += Frame;
        Content(RequestJson.Member(message, "content"));
    }

    private void Content(JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Array)
        {
            Raw(content);
            return;
        }

        foreach (var block in content.EnumerateArray())
        {
            _tokens += Frame;
            Block(block);
            Mark(block);
        }
    }

    private void Block(JsonElement block)
    {
        switch (RequestJson.TypeOf(block))
        {
            case "text":
                Raw(RequestJson.Member(block, "text"));
                break;
            case "thinking":
                Raw(RequestJson.Member(block, "thinking"));
                break;
            case "tool_use":
                Raw(RequestJson.Member(block, "name"));
                Raw(RequestJson.Member(block, "input"));
                break;
            case "tool_result":
                Content(RequestJson.Member(block, "content"));
                break;
            case "image":
                Images++;
                _tokens += ImageTokens.Of(RequestJson.Member(block, "source"));
                break;
            case "document":
                Pages(RequestJson.Member(block, "source"));
                break;
            default:
                Raw(block);
                break;
        }
    }

    private void Pages(JsonElement source)
    {
        switch (RequestJson.TypeOf(source))
        {
            case "text":
                Raw(RequestJson.Member(source, "data"));
                break;
            case "content":
                Content(RequestJson.Member(source, "content"));
                break;
            default:
                _tokens += Document;
                break;
        }
    }

    private void Raw(JsonElement json) =>
        _bytes += json.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(json).Length;

    private void Mark(JsonElement json)
    {
        var breakpoint = RequestJson.Member(json, "cache_control");
        if (breakpoint.ValueKind == JsonValueKind.Object)
        {
            _cachedUpTo = Total;
            _isLongLived = RequestJson.Text(breakpoint, "ttl") == "1h";
        }
    }

    private static int Clamp(long tokens) => (int)Math.Min(int.MaxValue / 4, tokens);
}
