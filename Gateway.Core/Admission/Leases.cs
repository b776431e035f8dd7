namespace Gateway.Core.Admission;

/// <summary>Money that is reserved for what runs. A reservation is a lease: one that nobody settles runs out by itself. Lock-free; bounded.</summary>
/// <remarks>A lease ends with the quarter of an hour after the one in which its exchange must be over, so what an exchange
/// really used is always booked before its lease is gone.</remarks>
internal sealed class Leases
{
    // 24 hours and some: the longest an exchange may take, by the quarter of an hour.
    private const int Slots = 128;
    private const long SlotMs = 15 * 60_000;
    private const long LongestMs = 24 * 60 * 60_000;

    private readonly long[] _reserved = new long[Slots];
    private readonly long[] _ends = new long[Slots];

    /// <summary>Millionths of a dollar that are reserved.</summary>
    public long Reserved(long nowMs)
    {
        var now = nowMs / SlotMs;
        long sum = 0;
        for (var i = 0; i < Slots; i++)
        {
            sum += Volatile.Read(ref _ends[i]) >= now ? Volatile.Read(ref _reserved[i]) : 0;
        }

        return sum;
    }

    /// <summary>Reserves for an exchange that takes at most so long; tells the quarter of an hour in which the lease runs out.</summary>
    public long Add(long microUsd, long nowMs, long longestMs)
    {
        var ends = ((nowMs + Math.Min(longestMs, LongestMs)) / SlotMs) + 1;
        var slot = ends % Slots;
        var before = Volatile.Read(ref _ends[slot]);
        if (before < ends && Interlocked.CompareExchange(ref _ends[slot], ends, before) == before)
        {
            // What ran out here a day ago is forgotten.
            Interlocked.Exchange(ref _reserved[slot], 0);
        }

        Interlocked.Add(ref _reserved[slot], microUsd);
        return ends;
    }

    /// <summary>Ends a lease; one that has run out is gone already.</summary>
    public void Release(long microUsd, long ends)
    {
        var slot = ends % Slots;
        if (Volatile.Read(ref _ends[slot]) == ends)
        {
            Interlocked.Add(ref _reserved[slot], -microUsd);
        }
    }
}
