using System.Globalization;

namespace Gateway.Benchmarks.Results;

/// <summary>How a series was made, beside its pace: series that differ in this prove nothing about each other.</summary>
internal sealed record Conditions
{
    /// <summary>Seconds of a round that count.</summary>
    public required double Seconds { get; init; }

    /// <summary>Threads of the load generator.</summary>
    public required int GeneratorThreads { get; init; }

    /// <summary>Threads of the gateway and of each peer; 0 for one per core.</summary>
    public required int ServerThreads { get; init; }

    /// <summary>What went wrong at the first provider, and how often; null without a failover.</summary>
    public string? Fault { get; init; }

    /// <summary>Which capture was played, and how fast; null without one.</summary>
    public string? Replay { get; init; }

    /// <summary>In a few words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"rounds of {Seconds:0.###} s, --threads {GeneratorThreads}, --server-threads {ServerThreads}{(Fault is null ? "" : $", {Fault}")}{(Replay is null ? "" : $", {Replay}")}");
}
