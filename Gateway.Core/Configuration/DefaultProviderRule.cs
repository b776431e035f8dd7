using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>Somebody must answer where nothing else is said.</summary>
internal static class DefaultProviderRule
{
    /// <summary>Checks the default provider; the built-in one needs no entry of its own.</summary>
    public static GatewayConfig Apply(ConfigValue root, GatewayConfig config)
    {
        var name = config.DefaultProvider;
        var place = root.Field("default_provider");
        if (config.Providers.FirstOrDefault(provider => provider.Name == name) is { } found)
        {
            if (!found.Enabled)
            {
                place.Refuse($"{Glimpse.Of(name)}, which is switched off", "an enabled provider");
            }
        }
        else if (name == GatewayConfig.SyntheticName)
        {
            return config with { Providers = [.. config.Providers, new ProviderConfig { Name = name }] };
        }
        else if (!root.Field("providers").HasError)
        {
            string[] known = [.. config.Providers.Select(provider => provider.Name), GatewayConfig.SyntheticName];
            place.Refuse($"{Glimpse.Of(name)}, which is no provider", Spelling.Nearest(name, [.. known.Distinct()]));
        }

        return config;
    }
}
