namespace Gateway.Core.Configuration;

/// <summary><c>otlp</c>: where metrics and traces are pushed to. Immutable.</summary>
public sealed record OtlpConfig
{
    /// <summary>Base URL of the collector; null to push nothing.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Fields of each push, as written.</summary>
    public IReadOnlyList<KeyValuePair<string, SecretReference?>> HeaderReferences { get; init; } = [];

    /// <summary>Fields of each push, and what they lead to.</summary>
    public IReadOnlyList<KeyValuePair<string, Secret>> Headers { get; init; } = [];

    /// <summary>Push a span for each exchange and each of its attempts.</summary>
    public bool Traces { get; init; } = true;

    /// <summary>Push what <c>/metrics</c> shows.</summary>
    public bool Metrics { get; init; } = true;

    /// <summary>Time between two pushes.</summary>
    public int IntervalSeconds { get; init; } = 10;

    /// <summary>Share of the traces that begin here; those of a client's trace follow its flag.</summary>
    public int SamplePercent { get; init; } = 100;
}
