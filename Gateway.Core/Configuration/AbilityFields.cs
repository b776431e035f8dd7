using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of a provider that say what it can do.</summary>
internal static class AbilityFields
{
    public static ConfigTable<ProviderConfig> Table { get; } = new()
    {
        { "supports_thinking", Flag, c => c.SupportsThinking, (c, v) => c with { SupportsThinking = v },
            "It answers with thinking." },
        { "supports_vision", Flag, c => c.SupportsVision, (c, v) => c with { SupportsVision = v },
            "It takes images." },
        { "supports_tools", Flag, c => c.SupportsTools, (c, v) => c with { SupportsTools = v },
            "It calls tools." },
        { "supports_streaming", Flag, c => c.SupportsStreaming, (c, v) => c with { SupportsStreaming = v },
            "It streams." },
        { "supports_documents", Flag, c => c.SupportsDocuments, (c, v) => c with { SupportsDocuments = v },
            "It takes documents such as PDF files." },
        { "supports_server_tools", Flag, c => c.SupportsServerTools, (c, v) => c with { SupportsServerTools = v },
            "It runs tools of its own, such as web search." },
        { "supports_json", Flag, c => c.SupportsJson, (c, v) => c with { SupportsJson = v },
            "It answers in JSON of a given shape." },
        { "context_window", Number(0, 100_000_000), c => c.ContextWindow, (c, v) => c with { ContextWindow = v },
            "Most tokens of a conversation and its answer; 0 if unknown. Longer requests go to another provider." },
        { "max_output_tokens", Number(0, 100_000_000), c => c.MaxOutputTokens, (c, v) => c with { MaxOutputTokens = v },
            "Most tokens of an answer; 0 if unknown." },
    };
}
