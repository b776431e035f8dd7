using Gateway.Core.Analysis;
using Gateway.Core.Configuration;

namespace Gateway.Core.Routing;

/// <summary>The header fields of a request, by name.</summary>
public interface IRequestFields
{
    /// <summary>The first value of a field; names in lower case.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
}

/// <summary>What a request is and needs. Made once, when its body is there; allocates nothing.</summary>
/// <remarks>Hint headers: Claude Code with CLAUDE_CODE_GATEWAY_HINT_HEADERS=1. Tell-tales: what release 2.1 sends.</remarks>
public readonly ref struct RequestTraits
{
    // Latin text has about 3.6 bytes a token, and Claude Code's JSON little besides.
    private const int TenBytesATenthToken = 36;
    private const int MediaTokens = 1_600;
    private const int ClassifierTokens = 64;

    /// <summary>Reads a scanned request and its fields.</summary>
    public RequestTraits(ScannedRequest request, IRequestFields fields, ReadOnlySpan<byte> client = default)
    {
        Fields = fields;
        Client = client;
        Model = request.Model;
        Needs = NeedsOf(request);
        Kind = KindOf(request, fields);
        MaxTokens = Math.Max(0, request.MaxTokens);
        InputTokens = ((request.Bytes - request.MediaBytes) * 10 / TenBytesATenthToken) + ((request.Images + request.Documents) * MediaTokens);
    }

    /// <summary>What it is for.</summary>
    public RequestKind Kind { get; init; }

    /// <summary>What it needs.</summary>
    public RequestNeeds Needs { get; init; }

    /// <summary>The client's name of the model.</summary>
    public ReadOnlySpan<byte> Model { get; init; }

    /// <summary>Estimated input tokens.</summary>
    public long InputTokens { get; init; }

    /// <summary>Most output tokens it asks for.</summary>
    public long MaxTokens { get; init; }

    /// <summary>Its header fields.</summary>
    public IRequestFields Fields { get; }

    /// <summary>The client's name; empty without client keys.</summary>
    public ReadOnlySpan<byte> Client { get; }

    private static RequestNeeds NeedsOf(ScannedRequest request) =>
        (request.Thinking is ThinkingMode.Absent or ThinkingMode.Disabled ? 0 : RequestNeeds.Thinking)
        | (request.Images > 0 ? RequestNeeds.Vision : 0)
        | (request.Documents > 0 ? RequestNeeds.Documents : 0)
        | (request.Tools > 0 ? RequestNeeds.Tools : 0)
        | (request.ServerTools > 0 ? RequestNeeds.ServerTools : 0)
        | (request.WantsJson ? RequestNeeds.Json : 0)
        | (request.IsStreaming ? RequestNeeds.Streaming : 0);

    private static RequestKind KindOf(ScannedRequest request, IRequestFields fields)
    {
        if (fields.TryGet("x-claude-code-compaction"u8, out _))
        {
            return RequestKind.Compaction;
        }

        if (fields.TryGet("x-claude-code-request-class"u8, out var named) && TryParse(named, out var kind))
        {
            return kind;
        }

        return fields.TryGet("x-claude-code-agent-id"u8, out _) ? RequestKind.Subagent
            : IsAuxiliary(request) ? RequestKind.Auxiliary
            : RequestKind.Main;
    }

    private static bool TryParse(ReadOnlySpan<byte> name, out RequestKind kind)
    {
        kind = name.SequenceEqual("subagent"u8) ? RequestKind.Subagent
            : name.SequenceEqual("workflow"u8) ? RequestKind.Workflow
            : name.SequenceEqual("compaction"u8) ? RequestKind.Compaction
            : name.SequenceEqual("auxiliary"u8) ? RequestKind.Auxiliary
            : RequestKind.Main;
        return kind != RequestKind.Main || name.SequenceEqual("main"u8);
    }

    // A title, a web search, a classification, a quota probe.
    private static bool IsAuxiliary(ScannedRequest request) =>
        (request.Tools == 0 && request.WantsJson)
        || (request is { Tools: 1, ServerTools: 1 } && request.Thinking is ThinkingMode.Absent or ThinkingMode.Disabled)
        || (request.HasStopSequences && request.MaxTokens <= ClassifierTokens)
        || request.MaxTokens == 1;
}
