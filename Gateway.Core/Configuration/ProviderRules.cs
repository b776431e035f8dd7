using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What must hold for one provider as a whole.</summary>
internal static class ProviderRules
{
    /// <summary>Fills in what its name implies, and checks the rest.</summary>
    public static ProviderConfig Apply(ConfigValue section, ProviderConfig provider)
    {
        if (provider.BaseUrl is { } url)
        {
            BaseUrlRules.CheckPlainHttp(section, url, provider.Local);
            BaseUrlRules.CheckPath(section, url, provider.Dialect);
            CheckKey(section, provider);
        }
        else if (provider.Name != GatewayConfig.SyntheticName)
        {
            section.Field("base_url").RefuseOnce("nothing", "the provider's base URL, as the vendor's own SDK takes it");
        }
        else if (provider.KeyReference is not null)
        {
            section.Field("api_key").Warn("has no effect: without a base_url this is the built-in provider");
        }

        return provider;
    }

    /// <summary>A vendor's list prices hold neither for one's own server nor beside a price of one's own.</summary>
    /// <param name="provider">As written.</param>
    /// <param name="preset">As it was before.</param>
    public static ProviderConfig OwnPrices(ProviderConfig provider, ProviderConfig preset) =>
        ReferenceEquals(provider.Prices, preset.Prices) && (provider.Local || provider.Price != preset.Price) ? provider with { Prices = [] } : provider;

    private static void CheckKey(ConfigValue section, ProviderConfig provider)
    {
        if (provider.Keys.Count > 0 && provider.KeyReference is not null)
        {
            section.Field("keys").RefuseOnce("keys beside api_key", "one of the two");
        }

        if (provider.SendsKey && provider.Enabled && provider.KeyReference is null && provider.Keys.Count == 0 && !section.Field("auth").HasError)
        {
            section.Field("api_key").RefuseOnce("nothing", "a reference such as ${PROVIDER_API_KEY}, or \"auth\": \"client\" or \"none\"");
        }
        else if (!provider.SendsKey && provider.KeyReference is not null)
        {
            section.Field("api_key").Warn("has no effect: \"auth\" says that it is not sent");
        }
    }
}
