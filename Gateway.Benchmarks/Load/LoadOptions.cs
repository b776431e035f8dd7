namespace Gateway.Benchmarks.Load;

/// <summary>What a load run was told on the command line.</summary>
internal sealed record LoadOptions
{
    /// <summary>The workloads.</summary>
    public required IReadOnlyList<Workload> Workloads { get; init; }

    /// <summary>The gateway's binary, or null.</summary>
    public string? Gateway { get; init; }

    /// <summary>A gateway that runs already, or null.</summary>
    public Uri? TargetUrl { get; init; }

    /// <summary>Clients at a time; 0 for what the workload says.</summary>
    public int Clients { get; init; }

    /// <summary>Requests a second; 0 for the closed loop.</summary>
    public double Rate { get; init; }

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

    /// <summary>The pace for a workload.</summary>
    public Pace PaceOf(Workload workload) => new(Clients > 0 ? Clients : workload.Connections, Rate);
}
