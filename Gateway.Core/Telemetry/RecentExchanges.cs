namespace Gateway.Core.Telemetry;

/// <summary>Keeps the last exchanges about messages as JSON, in buffers of its own. Thread-safe; recording allocates nothing when warm.</summary>
public sealed class RecentExchanges : IExchangeObserver
{
    private const int Kept = 128;

    // Lines are rarely longer; one that is gets a larger buffer, which stays.
    private const int UsualLength = 1024;

    private readonly Lock _lock = new();
    private readonly (byte[] Bytes, int Length)[] _lines = [.. Enumerable.Range(0, Kept).Select(_ => (Array.Empty<byte>(), 0))];
    private long _count;

    /// <summary>Exchanges recorded so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <inheritdoc />
    public void Finished(in ExchangeRecord record)
    {
        if (record.Line.IsEmpty)
        {
            return;
        }

        var text = record.Line[..^1];
        lock (_lock)
        {
            ref var line = ref _lines[_count % Kept];
            if (line.Bytes.Length < text.Length)
            {
                line.Bytes = new byte[Math.Max(text.Length, UsualLength)];
            }

            text.CopyTo(line.Bytes);
            line.Length = text.Length;
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
                var line = _lines[i % Kept];
                copies.Add(line.Bytes.AsSpan(0, line.Length).ToArray());
            }

            seen = _count;
            return copies;
        }
    }
}
