namespace Gateway.Core.Telemetry;

/// <summary>How often which span of time, or which other amount, was seen. One thread writes, any reads; recording is two plain additions.</summary>
/// <param name="bounds">Upper ends of the buckets in millionths (of a second, of one), ascending; above the last lies one more.</param>
public sealed class Histogram(long[] bounds)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private long _sum;

    /// <summary>Doubling from 10 ms: OpenTelemetry's buckets for generative AI, two longer ones added for agents.</summary>
    public static long[] AnswerBounds { get; } = [.. Enumerable.Range(0, 16).Select(power => 10_000L << power)];

    /// <summary>From 50 us to 250 ms: what a gateway adds.</summary>
    public static long[] OverheadBounds { get; } = [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000];

    /// <summary>From 100 us to 1 s: how soon a provider learns that nobody waits any more.</summary>
    public static long[] CancelBounds { get; } = [100, 250, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 1_000_000];

    /// <summary>From half to four times, in millionths: how far an estimate is from the truth.</summary>
    public static long[] RatioBounds { get; } = [500_000, 800_000, 900_000, 950_000, 1_000_000, 1_050_000, 1_100_000, 1_250_000, 1_500_000, 2_000_000, 4_000_000];

    /// <summary>Powers of four from 1 to 67,108,864, in millionths: OpenTelemetry's buckets for tokens.</summary>
    public static long[] TokenBounds { get; } = [.. Enumerable.Range(0, 14).Select(power => 1_000_000L << (2 * power))];

    /// <summary>Upper ends of the buckets, millionths.</summary>
    public ReadOnlySpan<long> Bounds => bounds;

    /// <summary>Sum of all that was seen, millionths.</summary>
    public long Sum => Volatile.Read(ref _sum);

    /// <summary>Adds one. Owner's thread only.</summary>
    public void Add(long millionths)
    {
        var bucket = 0;
        while (bucket < bounds.Length && millionths > bounds[bucket])
        {
            bucket++;
        }

        Volatile.Write(ref _counts[bucket], _counts[bucket] + 1);
        Volatile.Write(ref _sum, _sum + Math.Max(0, millionths));
    }

    /// <summary>How many fell into a bucket; any thread.</summary>
    public long Count(int bucket) => Volatile.Read(ref _counts[bucket]);
}
