using Gateway.Benchmarks.Peers;
using Gateway.Benchmarks.Provider;

namespace Gateway.Benchmarks.Load;

/// <summary>What a load run was told on the command line.</summary>
internal sealed record LoadOptions
{
    private const int MostConnections = 512;
    private const double ConnectionsPerSecond = 1_500;
    private const double LongestRest = 30;
    private const double FirstWarmUp = 3;
    private const double ToTheLastRequest = 0.001;

    /// <summary>The workloads.</summary>
    public required IReadOnlyList<Workload> Workloads { get; init; }

    /// <summary>The gateway's binary, or null.</summary>
    public string? Gateway { get; init; }

    /// <summary>A gateway that runs already, or null.</summary>
    public Uri? TargetUrl { get; init; }

    /// <summary>Clients at a time; 0 for what the workload says.</summary>
    public int Clients { get; init; }

    /// <summary>Requests a second, one run after the other; 0 for the closed loop.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [0];

    /// <summary>Rounds of each side.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Seconds of a round that count.</summary>
    public double Seconds { get; init; } = 1;

    /// <summary>Seconds of a round before that.</summary>
    public double WarmUpSeconds { get; init; } = 0.4;

    /// <summary>Threads of the load generator.</summary>
    public int GeneratorThreads { get; init; } = 1;

    /// <summary>Port of the scripted provider; 0 for any.</summary>
    public int ProviderPort { get; init; }

    /// <summary>What goes wrong at the first provider of a failover.</summary>
    public ProviderFault Fault { get; init; } = ProviderFault.Overloaded;

    /// <summary>With what share of the requests, 0 to 1.</summary>
    public double FaultShare { get; init; } = 0.1;

    /// <summary>Peers that are measured, too.</summary>
    public IReadOnlyList<Peer> Peers { get; init; } = [];

    /// <summary>Threads of the gateway and of each peer; 0 for one per core.</summary>
    public int ServerThreads { get; init; }

    /// <summary>The pace for a workload. An open loop opens connections as it needs them, up to a number that no rate should reach.</summary>
    public Pace PaceOf(Workload workload, double rate) =>
        workload.Recording is { } recording ? new(Clients > 0 ? Clients : MostConnections, recording.Rate)
        : new(Clients > 0 ? Clients : rate > 0 ? MostConnections : workload.Connections, rate);

    /// <summary>Seconds of a round that count for a workload: a recording is played to its end.</summary>
    public double SecondsOf(Workload workload) => workload.Recording is { } recording ? recording.Seconds + ToTheLastRequest : Seconds;

    /// <summary>A round that takes longer hangs, and the run is given up.</summary>
    public TimeSpan LongestRound(Workload workload, double warmUpSeconds) =>
        TimeSpan.FromSeconds(warmUpSeconds + SecondsOf(workload) + (workload.Recording?.LongestAnswerSeconds ?? 0) + LongestRest);

    /// <summary>What goes before a round: longer for thousands of clients, who come one after the other, and before the first one.</summary>
    public double WarmUpOf(Pace pace, int round) =>
        Math.Max(WarmUpSeconds * (round == 0 ? FirstWarmUp : 1), (pace.Rate > 0 ? 0 : pace.Clients) / ConnectionsPerSecond);
}
