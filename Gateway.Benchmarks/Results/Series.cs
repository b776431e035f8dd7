using System.Text.Json.Serialization;

namespace Gateway.Benchmarks.Results;

/// <summary>All rounds of one workload on one side.</summary>
internal sealed record Series
{
    /// <summary>Name of the workload.</summary>
    public required string Workload { get; init; }

    /// <summary>Name of the side.</summary>
    public required string Side { get; init; }

    /// <summary>How fast requests were sent, in words.</summary>
    public required string Pace { get; init; }

    /// <summary>Requests a second that were to be sent; 0 for a closed loop.</summary>
    public required double Rate { get; init; }

    /// <summary>Clients at a time.</summary>
    public required int Clients { get; init; }

    /// <summary>How it was made, beside that; null in older results.</summary>
    public Conditions? Conditions { get; init; }

    /// <summary>The rounds, in order.</summary>
    public required IReadOnlyList<RoundResult> Rounds { get; init; }

    /// <summary>All rounds as one: counts added, times from one distribution, rates and costs as medians of the rounds.</summary>
    public required RoundResult Whole { get; init; }

    /// <summary>Points of the distribution of whole times, for plots.</summary>
    public required IReadOnlyList<CurvePoint> TotalCurve { get; init; }

    /// <summary>Points of the distribution of events' delays; empty without events.</summary>
    public required IReadOnlyList<CurvePoint> EventCurve { get; init; }

    /// <summary>Events' delays, or whole times without events, over the seconds that counted, round after round; null in older results.</summary>
    public IReadOnlyList<TimelinePoint>? Timeline { get; init; }

    /// <summary>Where the CPU time goes, the greatest share first; null if that was not looked at.</summary>
    public IReadOnlyList<CpuShare>? Profile { get; init; }

    /// <summary>Nothing was answered, not even an event of a stream.</summary>
    [JsonIgnore]
    public bool IsSilent => Whole is { Requests: 0, Events: 0 };

    /// <summary>The same load, maybe on another side.</summary>
    public bool IsLike(Series other) => (Workload, Rate, Clients) == (other.Workload, other.Rate, other.Clients);

    /// <summary>The same load on the same side.</summary>
    public bool IsSameAs(Series other) => IsLike(other) && Side == other.Side;
}

/// <summary>One point of a distribution.</summary>
/// <param name="Percentile">0 to 100.</param>
/// <param name="Microseconds">What so many percent stayed at or below.</param>
internal readonly record struct CurvePoint(double Percentile, double Microseconds);

/// <summary>Times of a part of a round.</summary>
/// <param name="Seconds">The middle of the part, in seconds that counted.</param>
/// <param name="P50">Half were at most this, in microseconds.</param>
/// <param name="P99">99 of 100 were.</param>
internal readonly record struct TimelinePoint(double Seconds, double P50, double P99);
