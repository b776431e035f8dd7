namespace Gateway.Core.Configuration;

/// <summary>A whole gateway.json, checked. Immutable.</summary>
public sealed record GatewayConfig
{
    /// <summary>Name of the built-in provider, unless an entry of that name has a base URL.</summary>
    public const string SyntheticName = "synthetic";

    /// <summary>What serves without a file: the built-in provider alone.</summary>
    public static GatewayConfig BuiltIn { get; } = new()
    {
        DefaultProvider = SyntheticName,
        Providers = [new ProviderConfig { Name = SyntheticName }],
    };

    /// <summary>What holds before anything is read.</summary>
    internal static GatewayConfig Empty { get; } = new() { DefaultProvider = SyntheticName, Providers = [] };

    /// <summary><c>claude_gateway</c>.</summary>
    public ListenerConfig Listener { get; init; } = new();

    /// <summary>Name of the provider that answers where nothing else is said.</summary>
    public required string DefaultProvider { get; init; }

    /// <summary>All providers in the order written, the switched-off ones included.</summary>
    public required IReadOnlyList<ProviderConfig> Providers { get; init; }

    /// <summary>Plain relays.</summary>
    public IReadOnlyList<PassthroughConfig> Passthroughs { get; init; } = [];

    /// <summary>Which requests go where, in the order of the file; the short forms behind the written ones.</summary>
    public IReadOnlyList<RouteConfig> Routes { get; init; } = [];

    /// <summary>Who may enter; none for everybody on this machine.</summary>
    public IReadOnlyList<ClientConfig> Clients { get; init; } = [];

    /// <summary>How much money may be spent.</summary>
    public IReadOnlyList<BudgetConfig> Budgets { get; init; } = [];

    /// <summary>From patterns of providers' models to what they cost.</summary>
    public IReadOnlyList<KeyValuePair<string, PriceConfig>> Prices { get; init; } = [];

    /// <summary><c>otlp</c>: where metrics and traces are pushed to.</summary>
    public OtlpConfig Otlp { get; init; } = new();

    /// <summary>The short forms as written.</summary>
    public ShortRoutes ShortRoutes { get; init; } = new();
}
