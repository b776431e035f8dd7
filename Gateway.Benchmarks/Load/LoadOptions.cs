using Gateway.Benchmarks.Peers;
using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Load;

/// <summary>What a load run was told on the command line.</summary>
internal sealed record LoadOptions
{
    private const int MostConnections = 512;
    private const double ConnectionsPerSecond = 1_500;
    private const double LongestRest = 30;
    private const double FirstWarmUp = 3;
    private const double UntilTheLastAnswerIsCounted = 0.25;

    /// <summary>The workloads.</summary>
    public required IReadOnlyList<Workload> Workloads { get; init; }

    /// <summary>The gateway's binary, or null.</summary>
    public string? Gateway { get; init; }

    /// <summary>A gateway that runs already, or null.</summary>
    public Uri? TargetUrl { get; init; }

    /// <summary>Clients at a time; 0 for what the workload says.</summary>
    public int Clients { get; init; }

    /// <summary>Endless streams at a time; 0 for as many as other clients.</summary>
    public int Streams { get; init; }

    /// <summary>Requests a second, one run after the other; 0 for the closed loop.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [0];

    /// <summary>Rounds of each side.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Seconds of a round that count.</summary>
    public double Seconds { get; init; } = 1;

    /// <summary>Seconds of a round before that.</summary>
    public double WarmUpSeconds { get; init; } = 0.4;

    /// <summary>Whether system calls are counted, in one round more.</summary>
    public bool CountsSyscalls { get; init; }

    /// <summary>Whether it is looked at where the CPU time goes, in one round more.</summary>
    public bool Profiles { get; init; }

    /// <summary>Threads of the load generator.</summary>
    public int GeneratorThreads { get; init; } = 1;

    /// <summary>Port of the scripted provider; 0 for any.</summary>
    public int ProviderPort { get; init; }

    /// <summary>What goes wrong at the first provider of a failover.</summary>
    public ProviderFault Fault { get; init; } = ProviderFault.Overloaded;

    /// <summary>With what share of the requests, 0 to 1.</summary>
    public double FaultShare { get; init; } = 0.05;

    /// <summary>Peers that are measured, too.</summary>
    public IReadOnlyList<Peer> Peers { get; init; } = [];

    /// <summary>Threads of the gateway and of each peer; 0 for one per core.</summary>
    public int ServerThreads { get; init; }

    /// <summary>The pace for a workload. An open loop opens connections as it needs them, up to a number that no rate should reach.</summary>
    public Pace PaceOf(Workload workload, double rate)
    {
        var clients = workload.IsEndless && Streams > 0 ? Streams : Clients;
        rate = rate == 0 && clients == 0 ? workload.Rate : rate;
        return workload.Recording is { } recording ? new(clients > 0 ? clients : MostConnections, recording.Rate)
            : new(clients > 0 ? clients : rate > 0 ? MostConnections : workload.Connections, rate);
    }

    /// <summary>How a workload is run, beside its pace.</summary>
    public Conditions ConditionsOf(Workload workload) => new()
    {
        Seconds = SecondsOf(workload),
        GeneratorThreads = GeneratorThreads,
        ServerThreads = ServerThreads,
        Fault = workload.Scene == Scene.Failover ? FormattableString.Invariant($"{Fault} at a share of {FaultShare}") : null,
        Replay = workload.Recording?.ToString(),
    };

    /// <summary>Seconds of a round that count for a workload: a recording is played to its end.</summary>
    public double SecondsOf(Workload workload) => workload.Recording is { } recording ? recording.Seconds + recording.LongestAnswerSeconds + UntilTheLastAnswerIsCounted : Seconds;

    /// <summary>A round that takes longer hangs, and the run is given up.</summary>
    public TimeSpan LongestRound(Workload workload, double warmUpSeconds) =>
        TimeSpan.FromSeconds(warmUpSeconds + SecondsOf(workload) + LongestRest);

    /// <summary>
    /// What goes before a round: longer for thousands of clients, who come one after the other, before the first one, and for long
    /// answers: the first requests are spread over half of it, and none of them may be the first of its client any more.
    /// </summary>
    public double WarmUpOf(Workload workload, Pace pace, int round) => Math.Max(
        Math.Max(WarmUpSeconds * (round == 0 ? FirstWarmUp : 1), pace.Rate > 0 ? 0 : pace.Clients / ConnectionsPerSecond), 2 * workload.AnswerSeconds);
}
