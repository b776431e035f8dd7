namespace Gateway.Core.Health;

/// <summary>Outcomes of the last 30 s in six cells. Thread-safe, lock-free, allocates nothing.</summary>
internal sealed class OutcomeWindow
{
    private const int Cells = 6;
    private const int CellMs = 5_000;
    private const long CountMask = 0xFFFF;

    // One long each: the number of the five seconds, then 16 bits of all and 16 bits of failed ones.
    private readonly long[] _cells = new long[Cells];

    /// <summary>Notes one outcome.</summary>
    public void Add(bool failed, long nowMs)
    {
        var period = nowMs / CellMs;
        ref var cell = ref _cells[(int)(period % Cells)];
        long seen, next;
        do
        {
            seen = Volatile.Read(ref cell);
            var counts = seen >> 32 == period ? seen & 0xFFFF_FFFF : 0;
            var all = Math.Min((counts >> 16) + 1, CountMask);
            var bad = Math.Min((counts & CountMask) + (failed ? 1 : 0), CountMask);
            next = (period << 32) | (all << 16) | bad;
        }
        while (Interlocked.CompareExchange(ref cell, next, seen) != seen);
    }

    /// <summary>All and failed ones of the last 30 s.</summary>
    public (int All, int Failed) Count(long nowMs)
    {
        var oldest = (nowMs / CellMs) - Cells + 1;
        long all = 0, failed = 0;
        foreach (ref var cell in _cells.AsSpan())
        {
            var seen = Volatile.Read(ref cell);
            if (seen >> 32 >= oldest)
            {
                all += (seen >> 16) & CountMask;
                failed += seen & CountMask;
            }
        }

        return ((int)all, (int)failed);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_cells);
}
