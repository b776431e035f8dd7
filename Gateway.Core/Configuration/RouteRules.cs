using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What must hold for the routes as a whole: every target is a provider, every short form too.</summary>
internal static class RouteRules
{
    /// <summary>Checks the names, and turns the short forms into routes behind the written ones.</summary>
    public static GatewayConfig Apply(ConfigValue root, GatewayConfig config)
    {
        string[] known = [.. config.Providers.Select(provider => provider.Name)];
        var place = root.Field("routes");
        if (place.IsPresent && !place.HasError)
        {
            CheckTargets(place, config.Routes, known);
            CheckClients(place, config);
        }

        var shorts = config.ShortRoutes;
        return config with
        {
            Routes =
            [
                .. config.Routes,
                .. Short(root, config, known, "background_provider", shorts.Background, new() { Kinds = [RequestKind.Auxiliary] }),
                .. Short(root, config, known, "vision_provider", shorts.Vision, new() { Needs = [RequestNeeds.Vision] }),
                .. Short(root, config, known, "long_context_provider", shorts.LongContext, new() { MinInputTokens = shorts.LongContextTokens }),
                .. Short(root, config, known, "thinking_provider", shorts.Thinking, new() { Needs = [RequestNeeds.Thinking] }),
                .. Short(root, config, known, "tools_provider", shorts.Tools, new() { Needs = [RequestNeeds.Tools] }),
            ],
        };
    }

    private static void CheckTargets(ConfigValue place, IReadOnlyList<RouteConfig> routes, string[] known)
    {
        foreach (var (item, route) in place.Items().Zip(routes))
        {
            var targets = item.Field("targets");
            if (!targets.IsPresent || targets.HasError)
            {
                continue;
            }

            foreach (var (spot, target) in targets.Items().Zip(route.Targets))
            {
                if (target.Provider.Length > 0 && !known.Contains(target.Provider))
                {
                    spot.RefuseOnce($"{Glimpse.Of(target.Provider)}, which is no provider", Spelling.Nearest(target.Provider, known));
                }
            }
        }
    }

    private static void CheckClients(ConfigValue place, GatewayConfig config)
    {
        string[] known = [.. config.Clients.Select(client => client.Name)];
        foreach (var (item, route) in place.Items().Zip(config.Routes))
        {
            foreach (var name in route.When.Clients.Where(name => !known.Contains(name)))
            {
                item.Field("when").Field("clients").RefuseOnce($"{Glimpse.Of(name)}, which is no client", Spelling.Nearest(name, known));
            }
        }
    }

    // The route leads to one provider, and on to the default one when that fails.
    private static IEnumerable<RouteConfig> Short(ConfigValue root, GatewayConfig config, string[] known, string field, string? text, RouteConditions when)
    {
        if (text is null)
        {
            yield break;
        }

        var (provider, model) = TargetKind.Split(text);
        if (known.Contains(provider))
        {
            var target = new TargetConfig { Provider = provider, Model = model, Group = 0 };
            var fallback = new TargetConfig { Provider = config.DefaultProvider, Group = 1 };
            yield return new RouteConfig { Name = field, IsShortForm = true, When = when, Targets = provider == config.DefaultProvider ? [target] : [target, fallback] };
            yield break;
        }

        root.Field(field).RefuseOnce($"{Glimpse.Of(provider)}, which is no provider", Spelling.Nearest(provider, known));
    }
}
