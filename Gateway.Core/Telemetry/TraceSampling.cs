namespace Gateway.Core.Telemetry;

/// <summary>Which exchanges leave a trace.</summary>
/// <param name="IsOn">Any at all: providers are told of spans of ours.</param>
/// <param name="Share">From 0 to 1: how many of those that nobody before us has decided about.</param>
public sealed record TraceSampling(bool IsOn, double Share)
{
    // OpenTelemetry, "TraceState: probability sampling": the last 56 bits of a trace's id are random.
    private const ulong Randomness = 1UL << 56;

    private readonly ulong _rejected = (ulong)((1 - Share) * Randomness);

    /// <summary>Nothing is traced: what clients send is passed on as it is.</summary>
    public static TraceSampling Off { get; } = new(false, 0);

    /// <summary>Whether a trace that begins here is sampled; gateways of one share agree on it.</summary>
    public bool Takes(ulong traceLow) => traceLow % Randomness >= _rejected;
}
