using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;

namespace Gateway.Core.Admission;

/// <summary>What a model costs. Immutable; allocates nothing.</summary>
/// <param name="config">What the operator wrote.</param>
public sealed class Price(PriceConfig config)
{
    private const long Million = 1_000_000;

    /// <summary>It costs something.</summary>
    public bool IsKnown => !config.IsEmpty;

    /// <summary>What an answer cost, in millionths of a dollar, rounded up; what was not reported costs nothing.</summary>
    public long Of(in Usage usage) => Up(
        Times(usage.InputTokens, config.InputMicroUsd)
        + Times(usage.OutputTokens, config.OutputMicroUsd)
        + Times(usage.CacheReadInputTokens, config.CacheReadMicroUsd)
        + Times(usage.CacheCreationInputTokens, config.CacheWriteMicroUsd));

    /// <summary>What a request may cost at most, in millionths of a dollar.</summary>
    /// <param name="inputTokens">Estimated.</param>
    /// <param name="outputTokens">As many as it may get.</param>
    public long Estimate(long inputTokens, long outputTokens) => Up(
        Times(inputTokens, Math.Max(config.InputMicroUsd, config.CacheWriteMicroUsd)) + Times(outputTokens, config.OutputMicroUsd));

    /// <summary>What providers are compared by: millionths of a dollar for a million input tokens and a fifth as many output tokens.</summary>
    public double Blend => config.InputMicroUsd + (config.OutputMicroUsd / 5.0);

    private static Int128 Times(long tokens, long perMillion) => (Int128)Math.Max(0, tokens) * perMillion;

    private static long Up(Int128 millionths) => (long)Int128.Min((millionths + Million - 1) / Million, long.MaxValue);
}
