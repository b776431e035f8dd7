using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>The fields at the top of gateway.json.</summary>
internal static class GatewayFields
{
    public static ConfigTable<GatewayConfig> Table { get; } = new()
    {
        { "$schema", FieldKinds.Word, _ => null, (c, _) => c,
            "For editors: where the schema of this file is. The gateway does not read it." },
        { "claude_gateway", new TableKind<ListenerConfig>(ListenerFields.Table, new ListenerConfig()), c => c.Listener, (c, v) => c with { Listener = v },
            "Where the gateway listens, its limits and its clocks." },
        { "default_provider", FieldKinds.Word, c => c.DefaultProvider, (c, v) => c with { DefaultProvider = v! },
            "Name of the provider that answers where nothing else is said." },
        { "providers", new ProvidersKind(), c => c.Providers, (c, v) => c with { Providers = v },
            "Who can answer: an object from each provider's name to its fields." },
        { "passthrough", new PassthroughsKind(), c => c.Passthroughs, (c, v) => c with { Passthroughs = v },
            "Path prefixes that are relayed as plain HTTP." },
    };
}
