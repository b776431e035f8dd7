namespace Gateway.Core.Admission;

/// <summary>A bucket that holds what may be taken within a minute and refills evenly. Lock-free; allocates nothing; integers only.</summary>
/// <remarks>Kept as the time at which it is full again (the virtual scheduling form of the generic cell rate algorithm, ITU-T I.371), in a unit in which
/// one token is a whole number: milliseconds times tokens a minute. One compare-and-swap takes, and nothing has to refill.</remarks>
/// <param name="perMinute">Tokens it holds when full, and that flow in within a minute; from 1 to 100,000,000.</param>
public sealed class TokenBucket(long perMinute)
{
    private const long MinuteMs = 60_000;

    private long _fullAt;

    /// <summary>Tokens it holds when full.</summary>
    public long Capacity => perMinute;

    /// <summary>Tokens in it; below 0 if more was charged than there was.</summary>
    /// <param name="nowMs">Milliseconds of a monotonic clock.</param>
    public long Level(long nowMs) => perMinute - (Math.Max(0, Volatile.Read(ref _fullAt) - (nowMs * perMinute)) / MinuteMs);

    /// <summary>Takes so many tokens. More than it can hold are given when it is full.</summary>
    /// <param name="amount">Tokens; at least 0.</param>
    /// <param name="nowMs">Milliseconds of a monotonic clock.</param>
    /// <param name="retryAfterMs">How long to wait if there were not enough.</param>
    public bool TryTake(long amount, long nowMs, out long retryAfterMs)
    {
        var now = nowMs * perMinute;
        var room = Math.Max(perMinute, amount) * MinuteMs;
        while (true)
        {
            var seen = Volatile.Read(ref _fullAt);
            var after = Math.Max(seen, now) + (amount * MinuteMs);
            if (after - now > room)
            {
                retryAfterMs = (after - now - room + perMinute - 1) / perMinute;
                return false;
            }

            if (Interlocked.CompareExchange(ref _fullAt, after, seen) == seen)
            {
                retryAfterMs = 0;
                return true;
            }
        }
    }

    /// <summary>Takes tokens whether they are there or not; a negative amount gives them back.</summary>
    public void Charge(long amount, long nowMs)
    {
        var now = nowMs * perMinute;
        while (true)
        {
            var seen = Volatile.Read(ref _fullAt);
            var after = Math.Max(Math.Max(seen, now) + (amount * MinuteMs), now);
            if (Interlocked.CompareExchange(ref _fullAt, after, seen) == seen)
            {
                return;
            }
        }
    }

    /// <summary>Somebody who knows better says how many are left; it never holds more for that.</summary>
    public void CorrectTo(long remaining, long nowMs)
    {
        var least = (nowMs * perMinute) + ((perMinute - Math.Min(remaining, perMinute)) * MinuteMs);
        while (Volatile.Read(ref _fullAt) is var seen && seen < least)
        {
            if (Interlocked.CompareExchange(ref _fullAt, least, seen) == seen)
            {
                return;
            }
        }
    }

    /// <summary>How long until something is in it again, ms; 0 if something is.</summary>
    public long EmptyForMs(long nowMs) =>
        Math.Max(0, (Volatile.Read(ref _fullAt) - (nowMs * perMinute) - ((perMinute - 1) * MinuteMs) + perMinute - 1) / perMinute);
}
