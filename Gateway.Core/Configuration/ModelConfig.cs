using Gateway.Core.Translation;

namespace Gateway.Core.Configuration;

/// <summary>What is different about some models of a provider, as written and checked. Immutable.</summary>
public sealed record ModelConfig
{
    /// <summary>Most input and output tokens together; 0 for what the provider says.</summary>
    public int ContextWindow { get; init; }

    /// <summary>Most output tokens; 0 for what the provider says.</summary>
    public int MaxOutputTokens { get; init; }

    /// <summary>What the provider can do and they can't.</summary>
    public IReadOnlyList<RequestNeeds> Lacks { get; init; } = [];

    /// <summary>How they are asked to think; null for the provider's way.</summary>
    public ReasoningRequest? ReasoningRequest { get; init; }

    /// <summary>The levels of effort they know; empty for the provider's.</summary>
    public IReadOnlyList<string> EffortLevels { get; init; } = [];
}
