namespace Gateway.Core.Admission;

/// <summary>Money that is reserved for what runs. A reservation is a lease: one that nobody settles runs out by itself. Lock-free; bounded.</summary>
/// <remarks>A lease ends with the quarter of an hour after the one in which its exchange must be over, so what an exchange
/// really used is always booked before its lease is gone. Whoever takes a lease out of its slot, by settling it or because it ran out,
/// takes it out of the sum: once, and nobody else.</remarks>
internal sealed class Leases
{
    // 24 hours and some: the longest an exchange may take, by the quarter of an hour. A power of two.
    private const int Slots = 128;
    private const long SlotMs = 15 * 60_000;
    private const long LongestMs = 24 * 60 * 60_000;

    // Both words: 14 bits to tell one state from another, then 50 of money, a billion dollars.
    private const int AmountBits = 50;
    private const long AmountMask = (1L << AmountBits) - 1;
    private const long TagMask = (1L << 14) - 1;
    private const long OneChange = 1L << AmountBits;

    // More for one request is no estimate, and so many times this is less than a word can hold.
    private const long MostForOne = 1L << 34;

    // By the quarter in which they run out: its number, and what is reserved until then.
    private readonly long[] _slots = new long[Slots];

    // The sum, and how often it changed: a sum that is the same again after a lease was settled is another one.
    private long _sum;
    private long _quarter;

    /// <summary>The sum as it is now, for <see cref="TryAdd"/>; <see cref="AmountOf"/> reads it.</summary>
    public long Look(long nowMs)
    {
        var quarter = nowMs / SlotMs;
        var before = Volatile.Read(ref _quarter);
        if (quarter > before && Interlocked.CompareExchange(ref _quarter, quarter, before) == before)
        {
            for (var ends = quarter; ends < quarter + Slots; ends++)
            {
                Forget(ends);
            }
        }

        return Volatile.Read(ref _sum);
    }

    /// <summary>Millionths of a dollar that are reserved.</summary>
    public static long AmountOf(long sum) => sum & AmountMask;

    /// <summary>Reserves for an exchange that takes at most so long, if nothing has changed since the caller looked.</summary>
    /// <param name="seen">What <see cref="Look"/> gave.</param>
    /// <param name="microUsd">Millionths of a dollar.</param>
    /// <param name="nowMs">Milliseconds of a monotonic clock.</param>
    /// <param name="longestMs">The exchange is over after so many milliseconds.</param>
    /// <param name="lease">To be released.</param>
    public bool TryAdd(long seen, long microUsd, long nowMs, long longestMs, out BudgetLease lease)
    {
        var amount = Math.Clamp(microUsd, 0, MostForOne);
        lease = new BudgetLease(amount, ((nowMs + Math.Min(longestMs, LongestMs)) / SlotMs) + 1);
        if (Interlocked.CompareExchange(ref _sum, seen + OneChange + amount, seen) != seen)
        {
            return false;
        }

        Forget(lease.Ends);
        Interlocked.Add(ref SlotOf(lease.Ends), amount);
        return true;
    }

    /// <summary>Ends a lease; one that has run out is gone already.</summary>
    public void Release(BudgetLease lease)
    {
        ref var slot = ref SlotOf(lease.Ends);
        while (Volatile.Read(ref slot) is var seen && IsOf(seen, lease.Ends))
        {
            if (Interlocked.CompareExchange(ref slot, seen - lease.MicroUsd, seen) == seen)
            {
                Subtract(lease.MicroUsd);
                return;
            }
        }
    }

    // Makes the slot one of the given quarter: what ran out there is reserved no more.
    private void Forget(long ends)
    {
        ref var slot = ref SlotOf(ends);
        while (Volatile.Read(ref slot) is var seen && !IsOf(seen, ends))
        {
            if (Interlocked.CompareExchange(ref slot, (ends & TagMask) << AmountBits, seen) == seen)
            {
                Subtract(seen & AmountMask);
                return;
            }
        }
    }

    private void Subtract(long amount)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _sum);
            if (Interlocked.CompareExchange(ref _sum, seen + OneChange - amount, seen) == seen)
            {
                return;
            }
        }
    }

    private ref long SlotOf(long ends) => ref _slots[ends & (Slots - 1)];

    private static bool IsOf(long slot, long ends) => ((slot >>> AmountBits) & TagMask) == (ends & TagMask);
}
