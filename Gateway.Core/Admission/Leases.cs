namespace Gateway.Core.Admission;

/// <summary>Money that is reserved for what runs. A reservation is a lease: one that nobody settles runs out by itself. Lock-free; bounded.</summary>
internal sealed class Leases
{
    private const int Slots = 32;
    private const int LeaseMinutes = 30;
    private const long MinuteMs = 60_000;

    private readonly long[] _reserved = new long[Slots];
    private readonly long[] _minutes = new long[Slots];

    /// <summary>Millionths of a dollar that are reserved.</summary>
    public long Reserved(long nowMs)
    {
        var minute = nowMs / MinuteMs;
        long sum = 0;
        for (var i = 0; i < Slots; i++)
        {
            sum += Volatile.Read(ref _minutes[i]) >= minute ? Volatile.Read(ref _reserved[i]) : 0;
        }

        return sum;
    }

    /// <summary>Reserves; tells the minute in which the lease runs out.</summary>
    public long Add(long microUsd, long nowMs)
    {
        var ends = (nowMs / MinuteMs) + LeaseMinutes;
        var slot = ends % Slots;
        var before = Volatile.Read(ref _minutes[slot]);
        if (before < ends && Interlocked.CompareExchange(ref _minutes[slot], ends, before) == before)
        {
            // What ran out here half an hour ago is forgotten.
            Interlocked.Exchange(ref _reserved[slot], 0);
        }

        Interlocked.Add(ref _reserved[slot], microUsd);
        return ends;
    }

    /// <summary>Ends a lease; one that has run out is gone already.</summary>
    public void Release(long microUsd, long ends)
    {
        var slot = ends % Slots;
        if (Volatile.Read(ref _minutes[slot]) == ends)
        {
            Interlocked.Add(ref _reserved[slot], -microUsd);
        }
    }
}
