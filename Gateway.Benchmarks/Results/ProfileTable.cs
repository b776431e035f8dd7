namespace Gateway.Benchmarks.Results;

/// <summary>Where the CPU time of each series goes, as rows: shares of a round in which that was looked at, times of the rounds that were measured.</summary>
internal static class ProfileTable
{
    /// <summary>How many columns hold words.</summary>
    public const int Words = 4;

    // Below this a few samples more or less would change the order.
    private const double LeastShare = 0.01;

    /// <summary>The rows; the first is the head. Null if no series was looked at.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Of(IReadOnlyList<Series> series)
    {
        var profiled = series.Where(static one => one.Profile is not null).ToArray();
        return profiled.Length == 0 ? null
            : [["workload", "side", "pace", "where", "%", "us/req", "us/event"], .. profiled.SelectMany(static one => Listed(one.Profile!).Select(share => Row(one, share)))];
    }

    private static IEnumerable<CpuShare> Listed(IReadOnlyList<CpuShare> profile)
    {
        var listed = profile.Where(static one => one.Share >= LeastShare).ToArray();
        return listed.Append(new CpuShare("all else", Math.Max(0, 1 - listed.Sum(static one => one.Share))));
    }

    private static IReadOnlyList<string> Row(Series series, CpuShare one) =>
    [
        series.Workload, series.Side, series.Pace, one.Area,
        ResultTable.Written(100 * one.Share), ResultTable.Written(one.Share * series.Whole.CpuPerRequest), ResultTable.Written(one.Share * series.Whole.CpuPerEvent),
    ];
}
