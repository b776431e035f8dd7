using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of prices, for a model or for all models of a provider.</summary>
internal static class PriceFields
{
    private static readonly MoneyKind Money = new();

    public static ConfigTable<PriceConfig> Table { get; } = For<PriceConfig>(c => c, (_, v) => v);

    public static ConfigTable<LongContextPrices> LongContext => new()
    {
        { "above_tokens", Number(0, 100_000_000), c => c.AboveTokens, (c, v) => c with { AboveTokens = v },
            "Input tokens, read from the prompt cache or not, above which these prices hold for the whole request; 0 for never." },
        { Rates<LongContextPrices>(c => c, (_, v) => (LongContextPrices)v) },
    };

    public static ConfigTable<TSection> For<TSection>(Func<TSection, PriceConfig> get, Func<TSection, PriceConfig, TSection> set) => new()
    {
        { Rates<TSection>(get, (c, v) => set(c, (PriceConfig)v)) },
        { "long_context_price", LongContext, c => get(c).LongContext, (c, v) => set(c, get(c) with { LongContext = v }),
            "What holds instead where the input is long." },
    };

    private static ConfigTable<TSection> Rates<TSection>(Func<TSection, TokenPrices> get, Func<TSection, TokenPrices, TSection> set) => new()
    {
        { "input_usd_per_million", Money, c => get(c).InputMicroUsd, (c, v) => set(c, get(c) with { InputMicroUsd = v }),
            "Dollars for a million input tokens." },
        { "output_usd_per_million", Money, c => get(c).OutputMicroUsd, (c, v) => set(c, get(c) with { OutputMicroUsd = v }),
            "Dollars for a million output tokens." },
        { "cache_read_usd_per_million", Money, c => get(c).CacheReadMicroUsd, (c, v) => set(c, get(c) with { CacheReadMicroUsd = v }),
            "Dollars for a million input tokens read from the prompt cache." },
        { "cache_write_usd_per_million", Money, c => get(c).CacheWriteMicroUsd, (c, v) => set(c, get(c) with { CacheWriteMicroUsd = v }),
            "Dollars for a million input tokens written to the prompt cache." },
    };
}
