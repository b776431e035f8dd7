namespace Gateway.Core.Telemetry;

/// <summary>One writer's share of every counter.</summary>
/// <remarks>Only the thread they were given to adds, so an increment is a plain one: no lock, no interlocked
/// instruction, no byte. Anyone may read.</remarks>
public sealed class CounterCells
{
    // 128 bytes on either side: two cache lines, because the prefetcher pulls them in pairs.
    private const int Padding = 128 / sizeof(long);

    private readonly long[] _values = new long[Padding + (int)Counter.UsageEstimated + 1 + Padding];

    /// <summary>Adds to a counter. Owner's thread only.</summary>
    /// <param name="counter">Which one.</param>
    /// <param name="amount">How much; counters never go down.</param>
    public void Add(Counter counter, long amount = 1)
    {
        ref var value = ref _values[Padding + (int)counter];
        Volatile.Write(ref value, value + amount);
    }

    /// <summary>Counts one finished exchange in every way it matters. Owner's thread only.</summary>
    /// <param name="record">The facts.</param>
    public void Count(in ExchangeRecord record)
    {
        Add(Counter.Requests);
        Add(CounterOf(record.Outcome));
        if (record.Outcome == ExchangeOutcome.ClientAborted)
        {
            Add(CounterOf(record.AbortStage));
        }

        Add(Counter.Retries, Math.Max(0, record.Attempts - 1));
        Add(Counter.BytesIn, record.BytesIn);
        Add(Counter.BytesOut, record.BytesOut);
        Add(Counter.CacheLostTokens, record.CacheLostTokens);
        Add(Counter.TotalMicroseconds, Math.Max(0, record.TotalMicroseconds));
        if (record.Usage.Source != UsageSource.None)
        {
            Add(CounterOf(record.Usage.Source));
            Add(Counter.InputTokens, Math.Max(0, record.Usage.InputTokens));
            Add(Counter.OutputTokens, Math.Max(0, record.Usage.OutputTokens));
            Add(Counter.CacheReadTokens, Math.Max(0, record.Usage.CacheReadInputTokens));
            Add(Counter.CacheCreationTokens, Math.Max(0, record.Usage.CacheCreationInputTokens));
        }
    }

    /// <summary>The counter's present value. Any thread.</summary>
    public long Read(Counter counter) => Volatile.Read(ref _values[Padding + (int)counter]);

    private static Counter CounterOf(AbortStage stage) => stage switch
    {
        AbortStage.Request => Counter.AbortsOfRequest,
        AbortStage.Waiting => Counter.AbortsWaiting,
        _ => Counter.AbortsOfAnswer,
    };

    private static Counter CounterOf(UsageSource source) => source switch
    {
        UsageSource.Final => Counter.UsageFinal,
        UsageSource.Estimated => Counter.UsageEstimated,
        _ => Counter.UsagePartial,
    };

    private static Counter CounterOf(ExchangeOutcome outcome) => outcome switch
    {
        ExchangeOutcome.Succeeded => Counter.Successes,
        ExchangeOutcome.ClientFault => Counter.ClientFaults,
        ExchangeOutcome.ClientAborted => Counter.ClientAborts,
        ExchangeOutcome.ProviderFault => Counter.ProviderFaults,
        _ => Counter.GatewayFaults,
    };
}
