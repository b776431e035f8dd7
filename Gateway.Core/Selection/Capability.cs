using Gateway.Core.Configuration;
using Gateway.Core.Routing;

namespace Gateway.Core.Selection;

/// <summary>Who can serve a request at all.</summary>
internal static class Capability
{
    /// <summary>Why a target can't serve it.</summary>
    public static Exclusion Exclude(RouteTarget target, in SelectionRequest request)
    {
        var provider = target.Provider;
        var traits = request.Traits;
        if (request.Client?.MayUseProvider(provider.Name) == false)
        {
            return Exclusion.Client;
        }

        if (request.IsNamed)
        {
            return Exclusion.None;
        }

        if ((traits.Needs & ~provider.Abilities) != 0)
        {
            return Exclusion.Abilities;
        }

        // A window holds the conversation; the answer finds room as far as it goes.
        if (provider.ContextWindow > 0 && traits.InputTokens > provider.ContextWindow)
        {
            return Exclusion.ContextWindow;
        }

        return provider.MaxOutputTokens > 0 && traits.MaxTokens > provider.MaxOutputTokens && provider.Dialect == Dialect.Anthropic
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
            candidates[0].Exclusion = Exclude(candidates[0].Target, request);
        }
    }
}
