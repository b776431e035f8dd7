using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;

namespace Gateway.Core.Admission;

/// <summary>What a model costs. Immutable; allocates nothing.</summary>
/// <param name="config">What is written of it.</param>
/// <param name="isFree">Nobody asks for money, such as one's own server.</param>
public sealed class Price(PriceConfig config, bool isFree = false)
{
    private const long Million = 1_000_000;

    // Dearer than any, and small enough that what decides between equals is not lost beside it.
    private const double Unknown = 1e12;

    /// <summary>Nothing that is done there costs money.</summary>
    public bool IsFree => isFree && config.IsEmpty;

    /// <summary>Somebody said what it costs, or that it costs nothing.</summary>
    public bool IsKnown => IsFree || !config.IsEmpty;

    /// <summary>What an answer cost, in millionths of a dollar, rounded up; what was not reported, or has no known price, costs nothing.</summary>
    public long Of(in Usage usage)
    {
        var rates = For(Tokens(usage.InputTokens) + Tokens(usage.CacheReadInputTokens) + Tokens(usage.CacheCreationInputTokens));
        return Up(
            Times(usage.InputTokens, rates.InputMicroUsd)
            + Times(usage.OutputTokens, rates.OutputMicroUsd)
            + Times(usage.CacheReadInputTokens, rates.CacheReadMicroUsd)
            + Times(usage.CacheCreationInputTokens, rates.CacheWriteMicroUsd));
    }

    /// <summary>What a request may cost at most, in millionths of a dollar.</summary>
    /// <param name="inputTokens">Estimated.</param>
    /// <param name="outputTokens">As many as it may get.</param>
    public long Estimate(long inputTokens, long outputTokens)
    {
        var rates = For(inputTokens);
        return Up(Times(inputTokens, Math.Max(rates.InputMicroUsd, rates.CacheWriteMicroUsd)) + Times(outputTokens, rates.OutputMicroUsd));
    }

    /// <summary>
    /// What providers are compared by: millionths of a dollar for a million input tokens and a fifth as many output tokens.
    /// What nobody knows is dearer than what is known.
    /// </summary>
    public double Blend => IsKnown ? config.InputMicroUsd + (config.OutputMicroUsd / 5.0) : Unknown;

    private TokenPrices For(long inputTokens) =>
        config.LongContext is { AboveTokens: > 0 } dearer && inputTokens > dearer.AboveTokens ? dearer : config;

    private static long Tokens(long reported) => Math.Max(0, reported);

    private static Int128 Times(long tokens, long perMillion) => (Int128)Tokens(tokens) * perMillion;

    private static long Up(Int128 millionths) => (long)Int128.Min((millionths + Million - 1) / Million, long.MaxValue);
}
