namespace Gateway.Core.Failover;

/// <summary>How many of the exchanges under way may be retries (Envoy's retry budget), so that a failing provider is not hit harder. Thread-safe, lock-free.</summary>
public sealed class RetryBudget
{
    /// <summary>So many retries at a time are always allowed.</summary>
    public const int Least = 3;

    private int _active;
    private int _retries;

    /// <summary>Share of the exchanges under way, percent.</summary>
    public int Percent { get; set; } = 20;

    /// <summary>An exchange begins.</summary>
    public void Enter() => Interlocked.Increment(ref _active);

    /// <summary>It ends.</summary>
    public void Leave() => Interlocked.Decrement(ref _active);

    /// <summary>Asks for a retry; a yes must be given back by <see cref="EndRetry"/>.</summary>
    public bool TryBeginRetry()
    {
        var most = Math.Max(Least, (long)Volatile.Read(ref _active) * Percent / 100);
        while (Volatile.Read(ref _retries) is var seen && seen < most)
        {
            if (Interlocked.CompareExchange(ref _retries, seen + 1, seen) == seen)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The retry has its outcome.</summary>
    public void EndRetry() => Interlocked.Decrement(ref _retries);
}
