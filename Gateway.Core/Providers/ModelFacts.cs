using Gateway.Core.Configuration;
using Gateway.Core.Translation;

namespace Gateway.Core.Providers;

/// <summary>What is known of a model at its provider. Immutable.</summary>
public sealed class ModelFacts
{
    private readonly DialectProfile _cachingProfile;
    private readonly DialectProfile _breakpointProfile;

    /// <summary>What a provider says of all its models, but for what is written of some.</summary>
    public ModelFacts(ProviderConfig provider, ModelConfig model)
    {
        Abilities = model.Lacks.Aggregate(AbilitiesOf(provider), static (abilities, lack) => abilities & ~lack);
        ContextWindow = model.ContextWindow > 0 ? model.ContextWindow : provider.ContextWindow;
        MaxOutputTokens = model.MaxOutputTokens > 0 ? model.MaxOutputTokens : provider.MaxOutputTokens;
        Profile = provider.Profile with
        {
            Vision = Abilities.HasFlag(RequestNeeds.Vision),
            MaxOutputTokens = MaxOutputTokens,
            ContextWindow = ContextWindow,
            ReasoningRequest = model.ReasoningRequest ?? provider.Profile.ReasoningRequest,
            EffortLevels = model.EffortLevels.Count > 0 ? model.EffortLevels : provider.Profile.EffortLevels,
        };
        _cachingProfile = Profile with { Marks = CacheMarks.CacheControl };
        _breakpointProfile = Profile with { Marks = CacheMarks.Breakpoint };
    }

    /// <summary>What it can do.</summary>
    public RequestNeeds Abilities { get; }

    /// <summary>Most tokens of a conversation and its answer; 0 if unknown.</summary>
    public int ContextWindow { get; }

    /// <summary>Most tokens of an answer; 0 if unknown.</summary>
    public int MaxOutputTokens { get; }

    /// <summary>How it wants its requests.</summary>
    public DialectProfile Profile { get; }

    /// <summary>The same, with or without marks for the prompt cache.</summary>
    public DialectProfile ProfileFor(CacheMarks marks) => marks switch
    {
        CacheMarks.CacheControl => _cachingProfile,
        CacheMarks.Breakpoint => _breakpointProfile,
        _ => Profile,
    };

    private static RequestNeeds AbilitiesOf(ProviderConfig config) =>
        (config.SupportsThinking ? RequestNeeds.Thinking : 0)
        | (config.SupportsVision ? RequestNeeds.Vision : 0)
        | (config.SupportsDocuments ? RequestNeeds.Documents : 0)
        | (config.SupportsTools ? RequestNeeds.Tools : 0)
        | (config.SupportsServerTools ? RequestNeeds.ServerTools : 0)
        | (config.SupportsJson ? RequestNeeds.Json : 0)
        | (config.SupportsStreaming ? RequestNeeds.Streaming : 0);
}
