namespace Gateway.Core.Admission;

/// <summary>What was spent in the day or month under way, in one word so that the turn of the day loses nothing. Lock-free.</summary>
internal sealed class SpendWindow
{
    private const int AmountBits = 47;
    private const long AmountMask = (1L << AmountBits) - 1;

    private long _state;

    /// <summary>Millionths of a dollar in the given window.</summary>
    /// <param name="window">Number of the day or month; below 65,536.</param>
    public long Spent(long window)
    {
        var state = Volatile.Read(ref _state);
        return state >>> AmountBits == window ? state & AmountMask : 0;
    }

    /// <summary>Adds to a window; to one that is over it adds nothing.</summary>
    public void Add(long window, long microUsd)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _state);
            var at = seen >>> AmountBits;
            if (at > window)
            {
                return;
            }

            var spent = Math.Clamp((at == window ? seen & AmountMask : 0) + microUsd, 0, AmountMask);
            if (Interlocked.CompareExchange(ref _state, (window << AmountBits) | spent, seen) == seen)
            {
                return;
            }
        }
    }
}
