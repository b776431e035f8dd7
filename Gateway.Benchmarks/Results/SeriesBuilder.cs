using Gateway.Benchmarks.Load;
using HdrHistogram;

namespace Gateway.Benchmarks.Results;

/// <summary>Gathers the rounds of one workload on one side.</summary>
internal sealed class SeriesBuilder(string workload, string side, Pace pace, Conditions conditions)
{
    private readonly List<RoundResult> _rounds = [];
    private readonly Measurement _all = new(default);
    private readonly List<TimelinePoint> _timeline = [];
    private double _seconds;

    /// <summary>Adds a round.</summary>
    public void Add(RoundResult result, Measurement seen)
    {
        _rounds.Add(result);
        _all.Add(seen);
        _timeline.AddRange(Points(seen.Events > 0 ? seen.EventLine : seen.TotalLine, _seconds, result.Seconds));
        _seconds += result.Seconds;
    }

    /// <summary>System calls, counted in a round of their own.</summary>
    public SyscallCost? Syscalls { get; set; }

    /// <summary>Where the CPU time goes, looked at in a round of its own.</summary>
    public IReadOnlyList<CpuShare>? Profile { get; set; }

    /// <summary>Whether there is a round in it.</summary>
    public bool HasRounds => _rounds.Count > 0;

    /// <summary>The series so far.</summary>
    public Series Build() => new()
    {
        Workload = workload,
        Side = side,
        Pace = pace.ToString(),
        Rate = pace.Rate,
        Clients = pace.Clients,
        Conditions = conditions,
        Rounds = [.. _rounds],
        Whole = Whole(),
        TotalCurve = Curve(_all.Total),
        EventCurve = Curve(_all.EventDelay),
        Timeline = [.. _timeline],
        Profile = Profile,
    };

    /// <summary>The middle one; of an even number the mean of the two in the middle. Null without values.</summary>
    internal static double? Median(IEnumerable<double?> values)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private RoundResult Whole() => new()
    {
        Seconds = _rounds.Sum(static round => round.Seconds),
        Requests = _all.Requests,
        Events = _all.Events,
        Faults = _all.Faults,
        RequestsPerSecond = MedianOf(static round => round.RequestsPerSecond) ?? 0,
        CpuPerRequest = MedianOf(static round => round.CpuPerRequest),
        CpuPerEvent = MedianOf(static round => round.CpuPerEvent),
        ResidentMegabytes = _rounds.Max(static round => round.ResidentMegabytes),
        AllocatedPerRequest = MedianOf(static round => round.AllocatedPerRequest),
        Syscalls = Syscalls,
        Collections = SumOf(static round => round.Collections),
        GeneratorCores = MedianOf(static round => round.GeneratorCores) ?? 0,
        ProviderCores = MedianOf(static round => round.ProviderCores),
        ProviderRequests = SumOf(static round => round.ProviderRequests),
        ProviderFaults = SumOf(static round => round.ProviderFaults),
        FirstByte = Percentiles.Of(_all.FirstByte),
        Total = Percentiles.Of(_all.Total),
        EventDelay = Percentiles.Of(_all.EventDelay),
        Retried = Percentiles.Of(_all.Retried),
        SendLag = Percentiles.Of(_all.SendLag),
    };

    // The sum of nothing is not known, and not 0.
    private long? SumOf(Func<RoundResult, long?> figure) => _rounds.TrueForAll(round => figure(round) is null) ? null : _rounds.Sum(figure);

    private double? MedianOf(Func<RoundResult, double?> figure) => Median(_rounds.Select(figure));

    private static IEnumerable<TimelinePoint> Points(Timeline line, double begin, double seconds) =>
        from part in Enumerable.Range(0, Timeline.Parts)
        where line[part] is not null
        select new TimelinePoint(
            begin + ((part + 0.5) * seconds / Timeline.Parts), line[part]!.GetValueAtPercentile(50) / 1_000.0, line[part]!.GetValueAtPercentile(99) / 1_000.0);

    private static IReadOnlyList<CurvePoint> Curve(LongHistogram histogram) => histogram.TotalCount == 0 ? [] :
        [.. histogram.Percentiles(5).Select(static point => new CurvePoint(point.Percentile, point.ValueIteratedTo / 1_000.0))];
}
