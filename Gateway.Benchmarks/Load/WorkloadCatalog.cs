using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Replay;

namespace Gateway.Benchmarks.Load;

/// <summary>The workloads by name.</summary>
internal static class WorkloadCatalog
{
    /// <summary>The one in which something is wrong with the first provider.</summary>
    public const string Failover = "failover";

    private const int Conversations = 4_096;
    private const int Clients = 32;
    private const int BurstEvents = 200;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("1k", "1 KB up, 1 KB of JSON down", () => [RequestBodies.OfSize(1_000, stream: false)], AnswerScript.Json(1_000), Clients),
        new("40k", "40 KB up, 4 KB of JSON down", () => [RequestBodies.OfSize(40_000, stream: false)], AnswerScript.Json(4_000), Clients),
        new("1m", "1 MB up, 4 KB of JSON down", () => [RequestBodies.OfSize(1_000_000, stream: false)], AnswerScript.Json(4_000), 8),
        new("5m-image", "a picture of 5 MB up, 20 events down", () => [AgentBodies.Picture(5_000_000)], AnswerScript.Stream(20), 4),
        new("burst", "1 KB up, 200 events at once down", () => [RequestBodies.OfSize(1_000, stream: true)], AnswerScript.Stream(BurstEvents), Clients / 2),
        new("paced", "streams with an event every 100 ms", () => [RequestBodies.OfSize(1_000, stream: true)], AnswerScript.Stream(600, gapMs: 100), 100)
        {
            IsEndless = true,
        },
        new("claude-code", "an agent's session: 4 to 100 KB up, 60 events 10 ms apart down", AgentBodies.Session, AnswerScript.Stream(60, gapMs: 10), Clients),
        new(Failover, "1 KB up and down, and something is wrong with the first provider", () => RequestBodies.Conversations(Conversations, 1_000), AnswerScript.Json(1_000), Clients / 2)
        {
            Scene = Scene.Failover,

            // As fast as clients can, each conversation would soon have met a fault, and be with the second provider.
            Rate = 300,
        },
        new("openai", "1 KB up, 200 events at once down, through a provider of OpenAI's dialect", () => [RequestBodies.OfSize(1_000, stream: true)], AnswerScript.Stream(BurstEvents), Clients / 2)
        {
            Scene = Scene.OpenAi,
        },
        new("tls", "40 KB up, 4 KB of JSON down, through a provider behind TLS", () => [RequestBodies.OfSize(40_000, stream: false)], AnswerScript.Json(4_000), Clients)
        {
            Scene = Scene.Tls,
        },
    ];

    /// <summary>A recording, played again.</summary>
    public static Workload Replay(Recording recording) =>
        new("replay", "captured traffic: its sizes, its times, its gaps", () => [], AnswerScript.Json(1_000), Clients) { Recording = recording };

    /// <summary>The one of that name, or null.</summary>
    public static Workload? Find(string name) => All.FirstOrDefault(workload => workload.Name == name);
}
