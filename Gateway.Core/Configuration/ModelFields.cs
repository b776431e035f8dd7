using Gateway.Core.Schema;
using Gateway.Core.Translation;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of one entry of a provider's <c>model_facts</c>.</summary>
internal static class ModelFields
{
    private static readonly ConfigKind<RequestNeeds> Ability = new WordKind<RequestNeeds>(
    [
        ("thinking", RequestNeeds.Thinking),
        ("vision", RequestNeeds.Vision),
        ("tools", RequestNeeds.Tools),
        ("streaming", RequestNeeds.Streaming),
        ("documents", RequestNeeds.Documents),
        ("server_tools", RequestNeeds.ServerTools),
        ("json", RequestNeeds.Json),
    ]);

    private static readonly ConfigKind<ReasoningRequest?> Request = new WordKind<ReasoningRequest?>(
        [.. QuirkFields.ReasoningRequests.Select(pair => (pair.Word, (ReasoningRequest?)pair.Value))]);

    public static ConfigTable<ModelConfig> Table { get; } = new()
    {
        { "context_window", Number(0, 100_000_000), c => c.ContextWindow, (c, v) => c with { ContextWindow = v },
            "Most tokens of a conversation and its answer; 0 for the provider's." },
        { "max_output_tokens", Number(0, 100_000_000), c => c.MaxOutputTokens, (c, v) => c with { MaxOutputTokens = v },
            "Most tokens of an answer; 0 for the provider's." },
        { "lacks", new ListKind<RequestNeeds>(Ability), c => c.Lacks, (c, v) => c with { Lacks = v },
            "What the provider can do and this model can't." },
        { "reasoning_request", Request, c => c.ReasoningRequest, (c, v) => c with { ReasoningRequest = v },
            "How it is asked to think; without it as the provider is." },
        { "effort_levels", new ListKind<string>(QuirkFields.Level), c => c.EffortLevels, (c, v) => c with { EffortLevels = v },
            "The levels of effort it knows, weakest first; empty for the provider's." },
    };
}
