using Gateway.Core.Providers;

namespace Gateway.Core.Routing;

/// <summary>Which provider answers for a model. Immutable.</summary>
public sealed class ModelRouting
{
    private readonly Provider _default;
    private readonly Provider[] _byPriority;

    /// <summary>Over the enabled providers.</summary>
    public ModelRouting(IEnumerable<Provider> providers, Provider defaultProvider)
    {
        _default = defaultProvider;
        _byPriority = [.. providers.OrderByDescending(provider => provider.PriorityScore)];
    }

    /// <summary>The default provider if it serves the model; else the first by priority that names it; else the default provider.</summary>
    public Provider ProviderFor(ReadOnlySpan<byte> model)
    {
        if (_default.Serves(model))
        {
            return _default;
        }

        foreach (var provider in _byPriority)
        {
            if (provider.Names(model))
            {
                return provider;
            }
        }

        return _default;
    }

    /// <summary>Who gets the API paths that are about no model: the default provider, or the first by priority that speaks HTTP.</summary>
    public Provider? ProviderForOtherPaths => !_default.IsSynthetic ? _default : Array.Find(_byPriority, provider => !provider.IsSynthetic);
}
