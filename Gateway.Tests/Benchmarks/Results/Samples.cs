using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

/// <summary>Results as a run might have given them.</summary>
internal static class Samples
{
    public static RoundResult Round(double cpuPerRequest) => new()
    {
        Seconds = 1,
        Requests = 1_000,
        Events = 0,
        Faults = new Dictionary<string, long>(),
        RequestsPerSecond = 1_000,
        CpuPerRequest = cpuPerRequest,
        GeneratorCores = 0.1,
        Total = new Percentiles { Count = 1_000, Mean = 100, P50 = 90, P90 = 150, P99 = 300, P999 = 900, Max = 1_000 },
    };

    public static Conditions Conditions { get; } = new() { Seconds = 1, GeneratorThreads = 1, ServerThreads = 0 };

    public static Series Series(string workload, string side, double cpuPerRequest) => new()
    {
        Workload = workload,
        Side = side,
        Pace = "closed loop, 32 clients",
        Rate = 0,
        Clients = 32,
        Conditions = Conditions,
        Rounds = [Round(cpuPerRequest), Round(cpuPerRequest), Round(cpuPerRequest)],
        Whole = Round(cpuPerRequest),
        TotalCurve = [new CurvePoint(0, 50), new CurvePoint(50, 90), new CurvePoint(99, 300), new CurvePoint(100, 1_000)],
        EventCurve = [],
        Timeline = [new TimelinePoint(0.5, 90, 300), new TimelinePoint(1.5, 95, 400)],
    };

    public static LoadResult Run(params Series[] series) => new()
    {
        Form = LoadResult.CurrentForm,
        Date = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Command = "load --workload 1k",
        Machine = new Machine { Processor = "a processor", Cores = 2, MemoryMegabytes = 4_000, System = "a system", Runtime = ".NET", LoadBefore = 0.5 },
        Versions = new Dictionary<string, string> { ["gateway"] = "1.2.3" },
        Series = series,
    };
}
