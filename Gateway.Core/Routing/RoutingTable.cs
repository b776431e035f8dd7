using Gateway.Core.Configuration;
using Gateway.Core.Providers;

namespace Gateway.Core.Routing;

/// <summary>From what a request is to the route that takes it. Immutable.</summary>
public sealed class RoutingTable
{
    /// <summary>Name of the route of requests that no other takes.</summary>
    public const string DefaultName = "default";

    private readonly Route[] _routes;
    private readonly RouteGate[] _gates;
    private readonly Route _default;
    private readonly Dictionary<string, Route> _byProvider;

    /// <summary>Over the enabled providers.</summary>
    public RoutingTable(IReadOnlyList<RouteConfig> routes, IReadOnlyList<Provider> providers, Provider defaultProvider)
    {
        // A target that is switched off takes no part, and a route without targets takes no request.
        _routes = [.. routes
            .Select(route => new Route(route, route.Targets
                .Select(target => (target, provider: providers.FirstOrDefault(provider => provider.Name == target.Provider)))
                .Where(pair => pair.provider is not null)
                .Select(pair => new RouteTarget(pair.provider!, pair.target.Model, pair.target.Group, pair.target.Weight))))
            .Where(route => route.Targets.Count > 0)];
        _gates = [.. _routes.Select(route => route.Gate)];
        _default = new Route(new RouteConfig { Name = DefaultName }, DefaultTargets(providers, defaultProvider)) { IsDefault = true };
        _byProvider = providers.ToDictionary(
            provider => provider.Name, provider => new Route(new RouteConfig { Name = "client" }, [new RouteTarget(provider, null)]));
        DefaultProvider = defaultProvider;
        ProviderForOtherPaths = KnowsOtherPaths(defaultProvider)
            ? defaultProvider
            : providers.OrderByDescending(provider => provider.PriorityScore).FirstOrDefault(KnowsOtherPaths);
    }

    /// <summary>All routes in order.</summary>
    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>Who answers where nothing else is said.</summary>
    public Provider DefaultProvider { get; }

    /// <summary>Who gets the API paths that are about no model; null if only the built-in provider is there.</summary>
    public Provider? ProviderForOtherPaths { get; }

    /// <summary>The first route whose conditions hold; else the default one. Allocates nothing.</summary>
    public Route Match(in RequestTraits traits)
    {
        var modelBegins = RouteGate.BeginningOf(traits.Model);
        var gates = _gates;
        for (var i = 0; i < gates.Length; i++)
        {
            if (gates[i].Admits(traits, modelBegins) && _routes[i].Matches(traits))
            {
                return _routes[i];
            }
        }

        return _default;
    }

    /// <summary>The route to one provider that the client named; null if there is none of that name. Allocates nothing.</summary>
    public Route? To(ReadOnlySpan<byte> provider)
    {
        foreach (var (_, route) in _byProvider)
        {
            if (provider.SequenceEqual(route.Ordered[0].Provider.NameUtf8.Span))
            {
                return route;
            }
        }

        return null;
    }

    /// <summary>Who is asked about a model by its name alone: the default provider if it serves it, else the first by priority that names it.</summary>
    public Provider ProviderFor(ReadOnlySpan<byte> model)
    {
        foreach (var target in _default.Ordered)
        {
            if (target.Group == 0 ? target.Provider.Serves(model) : target.Provider.Names(model))
            {
                return target.Provider;
            }
        }

        return DefaultProvider;
    }

    private static bool KnowsOtherPaths(Provider provider) => !provider.IsSynthetic && provider.Dialect == Dialect.Anthropic;

    // The default provider first; behind it, by priority, whoever names the model. Whether they serve it is asked for each request.
    private static IEnumerable<RouteTarget> DefaultTargets(IReadOnlyList<Provider> providers, Provider defaultProvider) =>
        providers
            .OrderByDescending(provider => provider.PriorityScore)
            .Select((provider, index) => new RouteTarget(provider, null, group: provider == defaultProvider ? 0 : index + 1));
}
