namespace Gateway.Benchmarks.Results;

/// <summary>One figure of a round.</summary>
/// <param name="Title">As tables head it.</param>
/// <param name="IsTime">It is what a client waits, in microseconds: what the gateway adds to it is a difference.</param>
/// <param name="MoreIsBetter">True for throughput.</param>
/// <param name="Of">Takes it from a round; null where the round has none.</param>
internal sealed record Figure(string Title, bool IsTime, bool MoreIsBetter, Func<RoundResult, double?> Of)
{
    /// <summary>Title of the share of requests that went wrong.</summary>
    public const string Faults = "faults %";

    /// <summary>Tables leave it out where every side has 0 of it.</summary>
    public bool IsHiddenAtZero { get; init; }

    /// <summary>All that tables show.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new("req/s", false, true, static round => round.Requests == 0 && round.Faults.Count == 0 ? null : round.RequestsPerSecond),
        Cost("CPU us/req", static round => round.CpuPerRequest),
        Cost("CPU us/event", static round => round.CpuPerEvent),
        Cost("calls/req", static round => round.Syscalls?.PerRequest),
        Cost("calls/event", static round => round.Syscalls?.PerEvent),
        Cost("RSS MB", static round => round.ResidentMegabytes),
        Cost("alloc B/req", static round => round.AllocatedPerRequest),
        Cost("GCs", static round => round.Collections),
        Cost(Faults, static round => FaultCount.Of(round).Share * 100) with { IsHiddenAtZero = true },
        Cost("retried", static round => round.Retried?.Count),
        Time("head p50", static round => round.FirstByte?.P50),
        Time("head p99", static round => round.FirstByte?.P99),
        Time("p50", static round => round.Total?.P50),
        Time("p90", static round => round.Total?.P90),
        Time("p99", static round => round.Total?.P99),
        Time("p99.9", static round => round.Total?.P999),
        Time("max", static round => round.Total?.Max),
        Time("event p50", static round => round.EventDelay?.P50),
        Time("event p99", static round => round.EventDelay?.P99),
        Time("retried p50", static round => round.Retried?.P50),
        Time("retried p99", static round => round.Retried?.P99),
    ];

    private static Figure Cost(string title, Func<RoundResult, double?> of) => new(title, false, false, of);

    private static Figure Time(string title, Func<RoundResult, double?> of) => new(title, true, false, of);
}
