using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Routing;

namespace Gateway.Core.Selection;

/// <summary>Who can serve a request at all.</summary>
internal static class Capability
{
    private const RequestNeeds Sayable = RequestNeeds.Vision | RequestNeeds.Documents | RequestNeeds.ServerTools;

    /// <summary>What is known of the model that a target would be asked for.</summary>
    /// <param name="target">The target.</param>
    /// <param name="model">The model the client named.</param>
    public static ModelFacts FactsOf(RouteTarget target, ReadOnlySpan<byte> model)
    {
        var token = target.ModelToken;
        return target.Provider.FactsOf(!token.IsEmpty || target.Provider.ModelMap.TryMap(model, out token) ? token.Span[1..^1] : model);
    }

    /// <summary>Why a target can't serve it.</summary>
    public static Exclusion Exclude(in Candidate candidate, in SelectionRequest request) =>
        request.Client?.MayUseProvider(candidate.Target.Provider.Name) == false ? Exclusion.Client
        : candidate.Missing != 0 ? Exclusion.Abilities
        : ExcludeBySize(candidate, request);

    /// <summary>Where nobody can serve a request as it is, who gets a translation may: that says in words what can't be sent.</summary>
    /// <remarks>An image stays in its conversation: to refuse it would be to refuse all that follows.</remarks>
    public static void Forgive(Span<Candidate> candidates, in SelectionRequest request)
    {
        foreach (ref readonly var candidate in candidates)
        {
            if (candidate.Exclusion == Exclusion.None)
            {
                return;
            }
        }

        foreach (ref var candidate in candidates)
        {
            var isTranslated = candidate.Target.Provider is { IsSynthetic: false, Dialect: not Dialect.Anthropic };
            if (isTranslated && candidate.Exclusion == Exclusion.Abilities && (candidate.Missing & ~Sayable) == 0)
            {
                candidate.Exclusion = ExcludeBySize(candidate, request);
            }
        }
    }

    private static Exclusion ExcludeBySize(in Candidate candidate, in SelectionRequest request)
    {
        var facts = candidate.Facts;

        // A window holds the conversation; the answer finds room as far as it goes.
        if (facts.ContextWindow > 0 && request.Traits.InputTokens > facts.ContextWindow)
        {
            return Exclusion.ContextWindow;
        }

        return facts.MaxOutputTokens > 0 && request.Traits.MaxTokens > facts.MaxOutputTokens && candidate.Target.Provider.Dialect == Dialect.Anthropic
            ? Exclusion.OutputCap
            : Exclusion.None;
    }

    /// <summary>The default route leads to whoever serves the model; to the default provider if nobody names it.</summary>
    public static void KeepOneThatServes(Span<Candidate> candidates, in SelectionRequest request)
    {
        var isServed = false;
        for (var i = 0; i < candidates.Length; i++)
        {
            ref var candidate = ref candidates[i];
            var provider = candidate.Target.Provider;
            var serves = candidate.Target.Group == 0 ? provider.Serves(request.Traits.Model) : provider.Names(request.Traits.Model);
            isServed |= serves;
            if (!serves)
            {
                candidate.Exclusion = Exclusion.Model;
            }
        }

        if (!isServed && candidates.Length > 0)
        {
            candidates[0].Exclusion = Exclude(candidates[0], request);
        }
    }
}
