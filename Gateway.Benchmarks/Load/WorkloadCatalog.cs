using Gateway.Benchmarks.Provider;

namespace Gateway.Benchmarks.Load;

/// <summary>The workloads by name.</summary>
internal static class WorkloadCatalog
{
    private const int Clients = 32;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("1k", "1 KB up, 1 KB of JSON down", [RequestBodies.OfSize(1_000, stream: false)], AnswerScript.Json(1_000), Clients),
        new("40k", "40 KB up, 4 KB of JSON down", [RequestBodies.OfSize(40_000, stream: false)], AnswerScript.Json(4_000), Clients),
    ];

    /// <summary>The one of that name, or null.</summary>
    public static Workload? Find(string name) => All.FirstOrDefault(workload => workload.Name == name);
}
