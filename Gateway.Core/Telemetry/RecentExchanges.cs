namespace Gateway.Core.Telemetry;

/// <summary>Keeps the facts of the last exchanges as JSON, in buffers of its own. Thread-safe; recording allocates nothing when warm.</summary>
public sealed class RecentExchanges : IExchangeObserver
{
    private const int Kept = 128;

    private readonly Lock _lock = new();
    private readonly JsonLogLine[] _lines = [.. Enumerable.Range(0, Kept).Select(_ => new JsonLogLine())];
    private readonly TimeProvider _time;
    private long _count;

    /// <summary>With no exchange yet.</summary>
    /// <param name="time">Clock of the records.</param>
    public RecentExchanges(TimeProvider time) => _time = time;

    /// <summary>Exchanges recorded so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <inheritdoc />
    public void Finished(in ExchangeRecord record)
    {
        if (record.Endpoint is not (EndpointKind.Messages or EndpointKind.CountTokens))
        {
            return;
        }

        var now = _time.GetUtcNow();
        lock (_lock)
        {
            var line = _lines[_count % Kept];
            line.Begin(now, LogLevel.Info, "exchange"u8);
            AccessLine.Fill(line, record);
            line.End();
            Volatile.Write(ref _count, _count + 1);
        }
    }

    /// <summary>Copies of all that are kept, the oldest first.</summary>
    public IReadOnlyList<byte[]> Lines()
    {
        var from = 0L;
        return Since(ref from);
    }

    /// <summary>Copies of those that came after the first so many.</summary>
    /// <param name="seen">How many the caller has seen; brought up to date.</param>
    public IReadOnlyList<byte[]> Since(ref long seen)
    {
        if (seen == Count)
        {
            return [];
        }

        lock (_lock)
        {
            var copies = new List<byte[]>();
            for (var i = Math.Max(seen, _count - Kept); i < _count; i++)
            {
                copies.Add(_lines[i % Kept].Written.TrimEnd((byte)'\n').ToArray());
            }

            seen = _count;
            return copies;
        }
    }
}
