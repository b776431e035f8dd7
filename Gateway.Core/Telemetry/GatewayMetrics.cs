namespace Gateway.Core.Telemetry;

/// <summary>Everything that is measured by label. Each reactor writes cells of its own; a scrape sums them up.</summary>
public sealed class GatewayMetrics
{
    // Ten series each, 85 for the times of a provider, 68 for tokens: 1,660, so that all of a scrape stays below 2,000.
    private const int MostTraffic = 48;
    private const int MostProviders = 12;
    private const string Other = "other";

    private readonly MetricsWriter[] _writers;

    /// <summary>Metrics at zero.</summary>
    /// <param name="writers">Threads that measure.</param>
    public GatewayMetrics(int writers) => _writers = [.. Enumerable.Range(0, writers).Select(_ => new MetricsWriter(this))];

    /// <summary>Who has traffic.</summary>
    public SeriesRegistry<TrafficLabels> Traffic { get; } = new(MostTraffic, new TrafficLabels(Other, Other, Other));

    /// <summary>Providers that have times.</summary>
    public SeriesRegistry<string> Providers { get; } = new(MostProviders, Other);

    /// <summary>What happens seldom: failovers, retries, cooldowns.</summary>
    public RareCounts Rare { get; } = new();

    /// <summary>All writers.</summary>
    public IReadOnlyList<MetricsWriter> Writers => _writers;
}
