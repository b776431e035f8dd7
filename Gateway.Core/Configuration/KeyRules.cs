using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>From what <c>api_key</c> refers to, to the key; a provider without its key takes no part.</summary>
/// <param name="source">The environment, and who can read the file.</param>
/// <param name="switchedOff">Takes the providers without key, and why.</param>
internal sealed class KeyRules(ConfigSource source, List<KeyValuePair<string, string>> switchedOff)
{
    /// <summary>Resolves the keys of all providers.</summary>
    public GatewayConfig Apply(ConfigValue providers, GatewayConfig config) => config with
    {
        Providers = [.. config.Providers.Select(provider => ResolveAll(providers.Field(provider.Name), provider, config.DefaultProvider))],
    };

    private ProviderConfig ResolveAll(ConfigValue section, ProviderConfig provider, string defaultName)
    {
        if (provider.Keys.Count == 0 || !provider.SendsKey || !section.Field("keys").IsPresent || section.Field("keys").HasError)
        {
            return Resolve(section.Field("api_key"), provider, defaultName);
        }

        var keys = new List<KeyConfig>();
        foreach (var (place, key) in section.Field("keys").Items().Zip(provider.Keys))
        {
            // Each is resolved as if it were the only one: with what is said about a literal, and about a variable that is not set.
            var alone = provider with { KeyReference = key.Reference, Keys = [] };
            if (key.Reference is null)
            {
                place.Field("key").RefuseOnce("nothing", "a reference such as ${PROVIDER_API_KEY}");
            }
            else if (IsMissing(alone))
            {
                place.Warn($"takes no part: {key.Reference.Place} {key.Reference.Missing}");
            }
            else
            {
                keys.Add(key with { Value = Resolve(place.Field("key"), alone, defaultName).ApiKey });
            }
        }

        return keys.Count > 0 || !provider.Enabled ? provider with { Keys = keys } : WithoutKeys(section, provider, defaultName);
    }

    private bool IsMissing(ProviderConfig provider) =>
        provider.KeyReference is { Literal: null } reference && reference.Find(source) is null;

    private ProviderConfig WithoutKeys(ConfigValue section, ProviderConfig provider, string defaultName)
    {
        if (provider.Name == defaultName)
        {
            section.Field("keys").RefuseOnce("no key that is set", "at least one, because this is the default provider");
            return provider;
        }

        switchedOff.Add(new(provider.Name, "none of its keys is set"));
        return provider with { Enabled = false, Keys = [] };
    }

    private ProviderConfig Resolve(ConfigValue place, ProviderConfig provider, string defaultName) => provider.KeyReference switch
    {
        { Literal: { } key } => WithLiteral(place, provider, key),
        { } reference when provider is { Enabled: true, SendsKey: true } => WithReference(place, provider, reference, provider.Name == defaultName),
        _ => provider,
    };

    private ProviderConfig WithLiteral(ConfigValue place, ProviderConfig provider, Secret key)
    {
        if (source.OthersCanRead)
        {
            place.Refuse("a key in a file that others can read", "chmod 600 for the file, or a reference such as ${PROVIDER_API_KEY}");
        }
        else
        {
            place.Warn("holds the key itself: a reference such as ${PROVIDER_API_KEY} keeps it out of the file");
        }

        return WithKey(place, provider, key, "the key alone, in visible ASCII");
    }

    private ProviderConfig WithReference(ConfigValue place, ProviderConfig provider, SecretReference reference, bool isDefault)
    {
        if (reference.RefuseOpenFile(place, source))
        {
            return provider;
        }

        if (reference.Find(source) is { } value)
        {
            return WithKey(place, provider, new Secret(value), $"in {reference.Place} the key alone, in visible ASCII");
        }

        // The provider that answers by default must work.
        if (isDefault)
        {
            place.Refuse($"{reference}, which {reference.Missing}", $"{reference.Place}, because this is the default provider");
            return provider;
        }

        switchedOff.Add(new(provider.Name, $"{reference.Place} {reference.Missing}"));
        return provider with { Enabled = false };
    }

    // It becomes a field value: a line break in it would be a second field.
    private static ProviderConfig WithKey(ConfigValue place, ProviderConfig provider, Secret key, string expected)
    {
        if (key.Reveal().IndexOfAnyExceptInRange((byte)'!', (byte)'~') >= 0)
        {
            place.RefuseOnce("a key with blanks, line breaks or characters beyond ASCII", expected);
        }

        return provider with { ApiKey = key };
    }
}
