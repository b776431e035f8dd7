namespace Gateway.Benchmarks.Results;

/// <summary>What one round of one side gave. Times in microseconds.</summary>
internal sealed record RoundResult
{
    /// <summary>How long it counted.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whole, correct answers: of an open loop those to requests that were due while it counted.</summary>
    public required long Requests { get; init; }

    /// <summary>Events that came.</summary>
    public required long Events { get; init; }

    /// <summary>What went wrong, and how often.</summary>
    public required IReadOnlyDictionary<string, long> Faults { get; init; }

    /// <summary>Answers a second that ended while it counted.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>CPU time of whoever is measured, for each answer; null where it is not ours to know.</summary>
    public double? CpuPerRequest { get; init; }

    /// <summary>The same for each event; null without events.</summary>
    public double? CpuPerEvent { get; init; }

    /// <summary>Resident memory at the end, in megabytes.</summary>
    public double? ResidentMegabytes { get; init; }

    /// <summary>Bytes it allocated for each answer; null where it does not tell.</summary>
    public double? AllocatedPerRequest { get; init; }

    /// <summary>System calls, counted in a round of their own; null where they were not. Only of a whole series.</summary>
    public SyscallCost? Syscalls { get; init; }

    /// <summary>Garbage collections of all generations; null where it does not tell.</summary>
    public long? Collections { get; init; }

    /// <summary>Cores that the load generator kept busy.</summary>
    public required double GeneratorCores { get; init; }

    /// <summary>Cores that the scripted provider kept busy; null without it.</summary>
    public double? ProviderCores { get; init; }

    /// <summary>Requests that reached the scripted provider during the whole round, warm-up and rest included.</summary>
    public long? ProviderRequests { get; init; }

    /// <summary>Requests that the scripted provider answered badly on purpose.</summary>
    public long? ProviderFaults { get; init; }

    /// <summary>From the intended sending to the head of the answer.</summary>
    public Percentiles? FirstByte { get; init; }

    /// <summary>From the intended sending to the end of the answer.</summary>
    public Percentiles? Total { get; init; }

    /// <summary>From the sending of an event to its arrival.</summary>
    public Percentiles? EventDelay { get; init; }

    /// <summary>The whole time of answers that took the gateway more than one attempt.</summary>
    public Percentiles? Retried { get; init; }

    /// <summary>From event to event, on average over an answer: the mean. Not of a whole series.</summary>
    public double? PerEvent { get; init; }

    /// <summary>What the gateway says of its times; null for others. Not of a whole series.</summary>
    public ToldMeans? Told { get; init; }

    /// <summary>From the intended to the real sending.</summary>
    public Percentiles? SendLag { get; init; }
}
