using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Routing;

namespace Gateway.Core.Snapshot;

/// <summary>One consistent configuration, derived and immutable. An exchange reads it once and lives under it to its end.</summary>
public sealed class GatewaySnapshot
{
    private readonly ModelRouting _routing;
    private readonly PassthroughRoute[] _passthroughs;

    /// <summary>Derives everything from a checked configuration.</summary>
    public GatewaySnapshot(GatewayConfig config)
    {
        Config = config;
        Providers = [.. config.Providers.Where(provider => provider.Enabled).Select(provider => new Provider(provider))];
        DefaultProvider = Providers.First(provider => provider.Name == config.DefaultProvider);
        _routing = new ModelRouting(Providers, DefaultProvider);
        _passthroughs = [.. config.Passthroughs.OrderByDescending(route => route.Prefix.Length).Select(route => new PassthroughRoute(route))];
        RequestTimeoutMs = config.Listener.RequestTimeoutSeconds * 1000;
        MaxBodyBytes = config.Listener.MaxRequestSizeMb * 1024L * 1024L;
        LogsRequests = config.Listener.RequestLogging;
    }

    /// <summary>What it was derived from.</summary>
    public GatewayConfig Config { get; }

    /// <summary>All that take part.</summary>
    public IReadOnlyList<Provider> Providers { get; }

    /// <summary>Who answers where nothing else is said.</summary>
    public Provider DefaultProvider { get; }

    /// <summary>Longest exchange.</summary>
    public int RequestTimeoutMs { get; }

    /// <summary>Largest request body, decoded too.</summary>
    public long MaxBodyBytes { get; }

    /// <summary>One line for each exchange.</summary>
    public bool LogsRequests { get; }

    /// <summary>Who gets API paths that are about no model; null if only the built-in provider is there.</summary>
    public Provider? ProviderForOtherPaths => _routing.ProviderForOtherPaths;

    /// <summary>Who answers for a model.</summary>
    public Provider ProviderFor(ReadOnlySpan<byte> model) => _routing.ProviderFor(model);

    /// <summary>The passthrough route with the longest prefix over a path, or null.</summary>
    public PassthroughRoute? PassthroughFor(ReadOnlySpan<byte> path)
    {
        foreach (var route in _passthroughs)
        {
            if (route.Covers(path))
            {
                return route;
            }
        }

        return null;
    }
}
