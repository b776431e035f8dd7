using Gateway.Benchmarks.Load;

namespace Gateway.Benchmarks.Results;

/// <summary>A time as the gateway told it, and as its client saw it: the measurement, measured. Means, the median of the rounds.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Pace">How fast requests were sent, in words.</param>
/// <param name="What">Which time.</param>
/// <param name="Told">By the gateway, microseconds.</param>
/// <param name="Seen">By the load generator, from the real sending, microseconds.</param>
internal sealed record Agreement(string Workload, string Pace, string What, double Told, double Seen)
{
    /// <summary>How far the two may be apart.</summary>
    public const double Most = 0.05;

    private const string Overhead = "overhead";
    private const string ItsProvider = "provider of that";

    // Below this the way through the kernel, which a gateway cannot see, is more than that.
    private const double LeastMicroseconds = 20_000;

    /// <summary>How much less the gateway told, as a share of what was seen.</summary>
    public double Difference => 1 - (Told / Seen);

    /// <summary>Whether they agree; null where the time is too short to say, as overhead always is beside the kernel's part of the way, or where it is seen on another side alone.</summary>
    public bool? Holds => !IsJudged || Seen < LeastMicroseconds ? null : Math.Abs(Difference) <= Most;

    private bool IsJudged => What is not (Overhead or ItsProvider);

    /// <summary>All that a run can compare.</summary>
    public static IReadOnlyList<Agreement> Of(IReadOnlyList<Series> series) =>
        [.. series.SelectMany(one => Of(one, series.FirstOrDefault(other => other.Side == Target.Direct && other.IsLike(one))))];

    /// <summary>As rows of a table.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(IReadOnlyList<Agreement> agreements) =>
    [
        (string[])["workload", "pace", "time", "within 5 %", "told us", "seen us", "less by %"],
        .. agreements.Select(static one => (string[])
        [
            one.Workload, one.Pace, one.What, one.Holds switch { null => one.IsJudged ? "too short to say" : "-", true => "yes", false => "no" },
            ResultTable.Written(one.Told), ResultTable.Written(one.Seen), ResultTable.Written(one.Difference * 100),
        ]),
    ];

    private static IEnumerable<Agreement> Of(Series series, Series? direct)
    {
        var alone = direct is null ? null : Mean(direct, static round => round.FirstByte?.Mean - round.SendLag?.Mean);
        var head = Mean(series, static round => round.FirstByte?.Mean - round.SendLag?.Mean);
        var added = head - alone;
        foreach (var (what, told, seen) in ((string, double?, double?)[])
        [
            ("server-timing", Mean(series, static round => round.Told?.ServerTiming), head),
            (ItsProvider, Mean(series, static round => round.Told?.Provider), alone),
            ("time to first chunk", Mean(series, static round => round.Told?.FirstChunk), head),
            ("time per output chunk", Mean(series, static round => round.Told?.PerChunk), Mean(series, static round => round.PerEvent)),
            ("duration", Mean(series, static round => round.Told?.Duration), Mean(series, static round => round.Total?.Mean - round.SendLag?.Mean)),
            (Overhead, Mean(series, static round => round.Told?.Overhead), added),
        ])
        {
            if (told is { } known && seen is > 0 and var outside)
            {
                yield return new Agreement(series.Workload, series.Pace, what, known, outside);
            }
        }
    }

    private static double? Mean(Series series, Func<RoundResult, double?> mean) => SeriesBuilder.Median(series.Rounds.Select(mean));
}

/// <summary>Means by the gateway's own account, microseconds; null where it tells none.</summary>
/// <param name="ServerTiming">All durations of <c>server-timing</c> together.</param>
/// <param name="FirstChunk">To the head of the answer.</param>
/// <param name="PerChunk">From event to event.</param>
/// <param name="Duration">Whole answers.</param>
/// <param name="Overhead">What the gateway added until the head.</param>
internal sealed record ToldMeans(double? ServerTiming, double? FirstChunk, double? PerChunk, double? Duration, double? Overhead)
{
    /// <summary>What of <c>server-timing</c> was the provider's; null in older results.</summary>
    public double? Provider { get; init; }
}
