namespace Gateway.Core.Telemetry;

/// <summary>One thread's share of the metrics. Recording takes no lock and allocates nothing once its labels are known.</summary>
public sealed class MetricsWriter
{
    // What a provider claims beyond it is no count of tokens.
    private const long MostTokens = 1_000_000_000;

    private readonly TrafficCells?[] _traffic;
    private readonly LatencyCells?[] _latency;
    private readonly Histogram[] _tokens = [.. Enumerable.Range(0, 4).Select(_ => new Histogram(Histogram.TokenBounds))];

    internal MetricsWriter(GatewayMetrics metrics)
    {
        _traffic = new TrafficCells?[metrics.Traffic.Capacity];
        _latency = new LatencyCells?[metrics.Providers.Capacity];
    }

    /// <summary>What the gateway itself adds to an exchange.</summary>
    public Histogram Overhead { get; } = new(Histogram.OverheadBounds);

    /// <summary>From the client's leaving to the end of the connection to its provider.</summary>
    public Histogram UpstreamCancel { get; } = new(Histogram.CancelBounds);

    /// <summary>Tokens of an exchange: input, output, read from the prompt cache, written to it.</summary>
    public IReadOnlyList<Histogram> Tokens => _tokens;

    /// <summary>Counts of a slot of <see cref="GatewayMetrics.Traffic"/>; null while there are none.</summary>
    public TrafficCells? Traffic(int slot) => Volatile.Read(ref _traffic[slot]);

    /// <summary>Times of a slot of <see cref="GatewayMetrics.Providers"/>; null while there are none.</summary>
    public LatencyCells? Latency(int slot) => Volatile.Read(ref _latency[slot]);

    /// <summary>Records one finished exchange that a provider was asked for. Owner's thread only.</summary>
    /// <param name="record">The facts.</param>
    /// <param name="traffic">Its slot in <see cref="GatewayMetrics.Traffic"/>.</param>
    /// <param name="provider">Its slot in <see cref="GatewayMetrics.Providers"/>.</param>
    public void Record(in ExchangeRecord record, int traffic, int provider)
    {
        (_traffic[traffic] ?? Make(ref _traffic[traffic])).Count(record);
        (_latency[provider] ?? Make(ref _latency[provider])).Count(record);
        if (record.OverheadMicroseconds >= 0)
        {
            Overhead.Add(record.OverheadMicroseconds);
        }

        Count(_tokens[0], record.Usage.InputTokens);
        Count(_tokens[1], record.Usage.OutputTokens);
        Count(_tokens[2], record.Usage.CacheReadInputTokens);
        Count(_tokens[3], record.Usage.CacheCreationInputTokens);
    }

    // An exchange without tokens of a kind says nothing about that kind.
    private static void Count(Histogram histogram, long tokens)
    {
        if (tokens > 0)
        {
            histogram.Add(Math.Min(tokens, MostTokens) * 1_000_000);
        }
    }

    private static TCells Make<TCells>(ref TCells? slot)
        where TCells : class, new()
    {
        var cells = new TCells();
        Volatile.Write(ref slot, cells);
        return cells;
    }
}
