using Gateway.Core.Admission;
using Gateway.Core.Compatibility;
using Gateway.Core.Configuration;
using Gateway.Core.Failover;
using Gateway.Core.Providers;
using Gateway.Core.Routing;
using Gateway.Core.Selection;

namespace Gateway.Core.Snapshot;

/// <summary>One consistent configuration, derived and immutable. An exchange reads it once and lives under it to its end.</summary>
public sealed class GatewaySnapshot
{
    private readonly PassthroughRoute[] _passthroughs;

    /// <summary>Derives everything from a checked configuration.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="previous">The one before, whose living state goes on by name; null at the start.</param>
    /// <param name="nowMs">Milliseconds of a monotonic clock: limits go on from there.</param>
    public GatewaySnapshot(GatewayConfig config, GatewaySnapshot? previous = null, long nowMs = 0)
    {
        Config = config;
        Providers = [.. config.Providers
            .Where(provider => provider.Enabled)
            .Select(provider => new Provider(provider, previous?.Providers.FirstOrDefault(old => old.Name == provider.Name), nowMs))];
        Translates = Providers.Any(provider => provider.Dialect != Dialect.Anthropic);
        Clients = new ClientDirectory(config.Clients, previous?.Clients, nowMs);
        Access = new AccessRules(config.Listener);
        Proxies = new TrustedProxies(config.Listener);
        Budgets = new BudgetBook(config.Budgets, previous?.Budgets);
        Prices = new PriceTable(config.Prices);
        DefaultProvider = Providers.First(provider => provider.Name == config.DefaultProvider);
        Routing = new RoutingTable(config.Routes, Providers, DefaultProvider);
        Conversations = previous?.Conversations ?? new ConversationMemory();
        Signatures = previous?.Signatures ?? new SignatureMemory();
        Retries = previous?.Retries ?? new RetryBudget();
        Retries.Percent = config.Listener.RetryBudgetPercent;
        MaxAttempts = config.Listener.MaxAttempts;
        MaxInFlight = config.Listener.MaxInFlight;
        KeepAliveMs = config.Listener.KeepAliveCommentMs;
        ShowsRouting = config.Listener.RoutingHeaders;
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

    /// <summary>By which names it may be called, and by which web pages.</summary>
    public AccessRules Access { get; }

    /// <summary>Servers in front that say whom they speak for.</summary>
    public TrustedProxies Proxies { get; }

    /// <summary>Who may enter.</summary>
    public ClientDirectory Clients { get; }

    /// <summary>How much money may be spent.</summary>
    public BudgetBook Budgets { get; }

    /// <summary>What models cost.</summary>
    public PriceTable Prices { get; }

    /// <summary>Which requests go where.</summary>
    public RoutingTable Routing { get; }

    /// <summary>There is a choice.</summary>
    public bool HasSeveralProviders => Providers.Count > 1;

    /// <summary>Some speak another dialect.</summary>
    public bool Translates { get; }

    /// <summary>Who served which conversation last.</summary>
    public ConversationMemory Conversations { get; }

    /// <summary>Who signed which thinking.</summary>
    public SignatureMemory Signatures { get; }

    /// <summary>How many may be tried again.</summary>
    public RetryBudget Retries { get; }

    /// <summary>Most requests at a time.</summary>
    public int MaxInFlight { get; }

    /// <summary>Most attempts for one request.</summary>
    public int MaxAttempts { get; }

    /// <summary>A waiting client hears from us this often.</summary>
    public int KeepAliveMs { get; }

    /// <summary>Answers tell who gave them.</summary>
    public bool ShowsRouting { get; }

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
