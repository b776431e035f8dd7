namespace Gateway.Core.Telemetry;

/// <summary>Keeps the last exchanges about messages as JSON, in buffers of its own.</summary>
/// <remarks>Thread-safe, no lock; recording allocates nothing when warm. Who records takes the next place in the ring and writes there alone; who
/// reads copies a place and looks whether it was written meanwhile.</remarks>
public sealed class RecentExchanges : IExchangeObserver
{
    private const int Kept = 128;

    // Lines are rarely longer; one that is gets a larger buffer, which stays.
    private const int UsualLength = 1024;

    private readonly Place[] _places = [.. Enumerable.Range(0, Kept).Select(_ => new Place())];
    private long _count;

    /// <summary>Exchanges recorded so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <inheritdoc />
    public void Finished(in ExchangeRecord record)
    {
        if (!record.Line.IsEmpty)
        {
            var number = Interlocked.Increment(ref _count) - 1;
            _places[number % Kept].Write(number, record.Line[..^1]);
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
        var count = Count;
        if (seen == count)
        {
            return [];
        }

        var copies = new List<byte[]>();
        for (seen = Math.Max(seen, count - Kept); seen < count; seen++)
        {
            var state = _places[seen % Kept].TryRead(seen, out var line);
            if (state == PlaceState.NotYet)
            {
                break;
            }

            if (state == PlaceState.Here)
            {
                copies.Add(line);
            }
        }

        return copies;
    }

    private enum PlaceState : byte
    {
        Here,
        NotYet,
        Gone,
    }

    /// <summary>One line of the ring. Its version is odd while somebody writes.</summary>
    private sealed class Place
    {
        private byte[] _bytes = [];
        private int _length;
        private long _number = -1;
        private int _version;

        public void Write(long number, ReadOnlySpan<byte> text)
        {
            // Taken by one whom a whole round of others has overtaken: the list goes without this line.
            var version = Volatile.Read(ref _version);
            if ((version & 1) != 0 || Interlocked.CompareExchange(ref _version, version + 1, version) != version)
            {
                return;
            }

            if (_bytes.Length < text.Length)
            {
                _bytes = new byte[Math.Max(text.Length, UsualLength)];
            }

            text.CopyTo(_bytes);
            (_length, _number) = (text.Length, number);
            Volatile.Write(ref _version, version + 2);
        }

        public PlaceState TryRead(long number, out byte[] line)
        {
            line = [];
            var version = Volatile.Read(ref _version);
            var found = Volatile.Read(ref _number);
            if ((version & 1) != 0 || found < number)
            {
                return PlaceState.NotYet;
            }

            if (found > number)
            {
                return PlaceState.Gone;
            }

            // A line that is replaced in between may be longer than the bytes seen here.
            var bytes = _bytes;
            line = bytes.AsSpan(0, Math.Min(_length, bytes.Length)).ToArray();
            Interlocked.MemoryBarrier();
            return Volatile.Read(ref _version) == version ? PlaceState.Here : PlaceState.Gone;
        }
    }
}
