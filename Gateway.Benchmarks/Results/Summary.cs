using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Provider;
using HdrHistogram;

namespace Gateway.Benchmarks.Results;

/// <summary>From what was seen and what it cost to the figures of a round.</summary>
internal static class Summary
{
    private const double NanosecondsPerMicrosecond = 1_000;
    private const double BytesPerMegabyte = 1_000_000;

    /// <summary>The figures of a round.</summary>
    public static RoundResult Of(Measurement seen, Costs costs, ProviderTally? tally, Window window) => new()
    {
        Seconds = window.Seconds,
        Requests = seen.Requests,
        Events = seen.Events,
        Faults = seen.Faults,
        RequestsPerSecond = seen.Ended / window.Seconds,
        CpuPerRequest = Each(costs.TargetCpu, seen.Ended),
        CpuPerEvent = Each(costs.TargetCpu, seen.Events),
        ResidentMegabytes = costs.TargetResident < 0 ? null : costs.TargetResident / BytesPerMegabyte,
        AllocatedPerRequest = costs.Page is { } page && seen.Ended > 0 ? (double)page.AllocatedBytes / seen.Ended : null,
        Collections = costs.Page?.Collections,
        GeneratorCores = costs.GeneratorCpu / (window.Seconds * 1e9),
        ProviderCores = costs.ProviderCpu < 0 ? null : costs.ProviderCpu / (window.Seconds * 1e9),
        ProviderRequests = tally?.Requests,
        ProviderFaults = tally?.Faults,
        FirstByte = Percentiles.Of(seen.FirstByte),
        Total = Percentiles.Of(seen.Total),
        EventDelay = Percentiles.Of(seen.EventDelay),
        Retried = Percentiles.Of(seen.Retried),
        PerEvent = MeanOf(seen.PerEvent),
        Told = costs.Page is not { } told ? null
            : new ToldMeans(MeanOf(seen.ServerTiming), told.FirstChunk.Mean, told.PerChunk.Mean, told.Duration.Mean, told.Overhead.Mean) { Provider = MeanOf(seen.ProviderTiming) },
        SendLag = Percentiles.Of(seen.SendLag),
    };

    private static double? MeanOf(LongHistogram histogram) => histogram.TotalCount == 0 ? null : histogram.GetMean() / NanosecondsPerMicrosecond;

    private static double? Each(long nanoseconds, long count) =>
        nanoseconds < 0 || count == 0 ? null : nanoseconds / NanosecondsPerMicrosecond / count;
}
