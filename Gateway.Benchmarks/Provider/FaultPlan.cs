namespace Gateway.Benchmarks.Provider;

/// <summary>What goes wrong at a provider.</summary>
internal enum ProviderFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is reset instead of an answer.</summary>
    Close,

    /// <summary>The answer comes late: <see cref="FaultPlan.LateMs"/>.</summary>
    Slow,

    /// <summary>The answer is 529, overloaded.</summary>
    Overloaded,
}

/// <summary>Which requests are answered badly: spread evenly, and the same ones in every run.</summary>
/// <param name="Fault">How.</param>
/// <param name="Share">0 to 1.</param>
internal sealed record FaultPlan(ProviderFault Fault, double Share)
{
    /// <summary>How late a slow answer is.</summary>
    public const int LateMs = 2_000;

    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None { get; } = new(ProviderFault.None, 0);

    /// <summary>Whether the request of that number, counted from 1, is answered badly.</summary>
    public bool Strikes(long number) => Fault != ProviderFault.None && Math.Floor(number * Share) > Math.Floor((number - 1) * Share);
}
