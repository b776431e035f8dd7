using HdrHistogram;

namespace Gateway.Benchmarks.Results;

/// <summary>A distribution of times, in microseconds.</summary>
internal sealed record Percentiles
{
    private const double NanosecondsPerMicrosecond = 1_000;

    /// <summary>How many.</summary>
    public required long Count { get; init; }

    /// <summary>The mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Half were at most this.</summary>
    public required double P50 { get; init; }

    /// <summary>9 of 10 were.</summary>
    public required double P90 { get; init; }

    /// <summary>99 of 100 were.</summary>
    public required double P99 { get; init; }

    /// <summary>999 of 1,000 were.</summary>
    public required double P999 { get; init; }

    /// <summary>The longest.</summary>
    public required double Max { get; init; }

    /// <summary>Null if nothing was counted.</summary>
    public static Percentiles? Of(LongHistogram nanoseconds) => nanoseconds.TotalCount == 0 ? null : new Percentiles
    {
        Count = nanoseconds.TotalCount,
        Mean = nanoseconds.GetMean() / NanosecondsPerMicrosecond,
        P50 = At(nanoseconds, 50),
        P90 = At(nanoseconds, 90),
        P99 = At(nanoseconds, 99),
        P999 = At(nanoseconds, 99.9),
        Max = At(nanoseconds, 100),
    };

    private static double At(LongHistogram histogram, double percentile) =>
        histogram.GetValueAtPercentile(percentile) / NanosecondsPerMicrosecond;
}
