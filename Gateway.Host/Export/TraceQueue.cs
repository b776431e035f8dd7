using Gateway.Core.Telemetry;

namespace Gateway.Host.Export;

/// <summary>Finished exchanges on their way to the collector: bounded, and what finds no room is dropped and counted.</summary>
/// <remarks>Reactors add, one exporter takes. The lock is held for a copy of a few hundred bytes and never during output.
/// Adding allocates nothing once as many exchanges have waited at a time as do now.</remarks>
/// <param name="capacity">Exchanges that may wait.</param>
/// <param name="time">Clock of their ends.</param>
internal sealed class TraceQueue(int capacity, TimeProvider time) : IExchangeObserver
{
    private readonly Lock _lock = new();
    private readonly ExchangeFacts?[] _ring = new ExchangeFacts?[capacity];
    private int _first;
    private int _count;
    private long _dropped;

    /// <summary>Called, on a reactor, when the queue has become half full.</summary>
    public Action HalfFull { get; set; } = () => { };

    /// <summary>Spans lost so far.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc />
    public void Finished(in ExchangeRecord record)
    {
        if (!IsWanted(record))
        {
            return;
        }

        var isHalfFull = false;
        lock (_lock)
        {
            if (_count == capacity)
            {
                Lose(1 + record.AttemptSpans.Length);
                return;
            }

            ref var facts = ref _ring[(_first + _count) % capacity];
            (facts ??= new ExchangeFacts()).Copy(record, time.GetUtcNow());
            _count++;
            isHalfFull = _count == capacity / 2;
        }

        if (isHalfFull)
        {
            HalfFull();
        }
    }

    /// <summary>The oldest ones, at most so many. They stay until <see cref="Remove"/>.</summary>
    public List<ExchangeFacts> Peek(int most)
    {
        lock (_lock)
        {
            return [.. Enumerable.Range(0, Math.Min(most, _count)).Select(i => _ring[(_first + i) % capacity]!)];
        }
    }

    /// <summary>Makes room of the oldest ones.</summary>
    public void Remove(int count)
    {
        lock (_lock)
        {
            _first = (_first + count) % capacity;
            _count -= count;
        }
    }

    /// <summary>Counts spans that were lost.</summary>
    public void Lose(int spans) => Interlocked.Add(ref _dropped, spans);

    // What failed or moved is told always; of the rest what is sampled.
    private static bool IsWanted(in ExchangeRecord record) =>
        record.Trace.IsSet
        && record.Endpoint is not (EndpointKind.Unknown or EndpointKind.Health or EndpointKind.Management)
        && (record.Trace.IsSampled || record.AttemptSpans.Length > 1 || record.Outcome is ExchangeOutcome.ProviderFault or ExchangeOutcome.GatewayFault);
}
