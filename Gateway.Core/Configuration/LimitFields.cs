using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of limits, wherever they stand.</summary>
internal static class LimitFields
{
    private const int Most = 100_000_000;

    /// <summary>The rates.</summary>
    public static ConfigTable<TSection> Rates<TSection>(Func<TSection, LimitConfig> get, Func<TSection, LimitConfig, TSection> set) => new()
    {
        { "requests_per_minute", Number(0, Most), c => get(c).RequestsPerMinute, (c, v) => set(c, get(c) with { RequestsPerMinute = v }),
            "Requests a minute; 0 for no limit." },
        { "input_tokens_per_minute", Number(0, Most), c => get(c).InputTokensPerMinute, (c, v) => set(c, get(c) with { InputTokensPerMinute = v }),
            "Input tokens a minute, without those read from the prompt cache; 0 for no limit." },
        { "output_tokens_per_minute", Number(0, Most), c => get(c).OutputTokensPerMinute, (c, v) => set(c, get(c) with { OutputTokensPerMinute = v }),
            "Output tokens a minute; 0 for no limit." },
    };

    /// <summary>The rates, and how many at a time.</summary>
    /// <param name="get">Reads them.</param>
    /// <param name="set">Writes them.</param>
    /// <param name="more">What becomes of more requests than that.</param>
    public static ConfigTable<TSection> All<TSection>(Func<TSection, LimitConfig> get, Func<TSection, LimitConfig, TSection> set, string more) => new()
    {
        { Rates(get, set) },
        { "max_in_flight", Number(0, 1_000_000), c => get(c).MaxInFlight, (c, v) => set(c, get(c) with { MaxInFlight = v }),
            $"Requests at a time; 0 for no limit. More {more}." },
    };
}
