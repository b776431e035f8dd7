namespace Gateway.Core.Health;

/// <summary>A moving average that follows rises at once and falls slowly: the latency a caller must expect (Finagle's peak EWMA).</summary>
/// <remarks>Thread-safe and lock-free; a lost race costs one sample.</remarks>
public sealed class PeakEwma
{
    private const double DecayMs = 10_000;

    // Who is not asked because it was slow once would never be asked again.
    private const double HalvedAfterMs = 300_000;

    private long _bits;
    private long _at;

    /// <summary>The average in ms at the last sample; 0 before the first one.</summary>
    public double Value => BitConverter.Int64BitsToDouble(Volatile.Read(ref _bits));

    /// <summary>What is to be expected now: less and less of the average while no sample comes, a half of it after five minutes.</summary>
    public double At(long nowMs) => Value / (1 + (Math.Max(0, nowMs - Volatile.Read(ref _at)) / HalvedAfterMs));

    /// <summary>Something to begin with, where no sample has come yet.</summary>
    public void Expect(double milliseconds, long nowMs)
    {
        if (Interlocked.CompareExchange(ref _bits, BitConverter.DoubleToInt64Bits(milliseconds), 0) == 0)
        {
            Volatile.Write(ref _at, nowMs);
        }
    }

    /// <summary>Adds a sample.</summary>
    public void Add(double milliseconds, long nowMs)
    {
        var seen = Volatile.Read(ref _bits);
        var average = BitConverter.Int64BitsToDouble(seen);
        var weight = Math.Exp(-Math.Max(0, nowMs - Volatile.Read(ref _at)) / DecayMs);
        var next = milliseconds > average ? milliseconds : (average * weight) + (milliseconds * (1 - weight));
        if (Interlocked.CompareExchange(ref _bits, BitConverter.DoubleToInt64Bits(next), seen) == seen)
        {
            Volatile.Write(ref _at, nowMs);
        }
    }
}
