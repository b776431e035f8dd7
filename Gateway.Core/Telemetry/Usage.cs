namespace Gateway.Core.Telemetry;

/// <summary>How much of a bill is known.</summary>
public enum UsageSource : byte
{
    /// <summary>The answer said nothing about tokens.</summary>
    None,

    /// <summary>Only the opening figures: the answer ended before its last ones came.</summary>
    Partial,

    /// <summary>The same, and the output is estimated by what had come until then.</summary>
    Estimated,

    /// <summary>The figures the provider closed the answer with.</summary>
    Final,
}

/// <summary>The tokens of one exchange, as the provider reported them.</summary>
/// <remarks>Each count is a number of tokens, or <see cref="NotReported"/>. The four are disjoint: Anthropic counts
/// what was read from or written to the prompt cache outside of <see cref="InputTokens"/>.</remarks>
/// <param name="InputTokens">Tokens read, without those of the prompt cache.</param>
/// <param name="OutputTokens">Tokens written, cumulative.</param>
/// <param name="CacheReadInputTokens">Tokens read from the prompt cache.</param>
/// <param name="CacheCreationInputTokens">Tokens written to the prompt cache.</param>
/// <param name="Source">How much of it is known.</param>
public readonly record struct Usage(
    long InputTokens,
    long OutputTokens,
    long CacheReadInputTokens,
    long CacheCreationInputTokens,
    UsageSource Source)
{
    /// <summary>Stands in a count that the provider never mentioned.</summary>
    public const long NotReported = -1;

    /// <summary>Nothing reported.</summary>
    public static Usage None { get; } = new(NotReported, NotReported, NotReported, NotReported, UsageSource.None);

    /// <summary>These figures, brought up to date by later ones.</summary>
    /// <remarks>Counts are cumulative, so a later one replaces an earlier one; but some providers close with zeros
    /// for what they only said at the start, and a zero never erases a figure (Claude Code reads them the same way).</remarks>
    /// <param name="later">Counts from a later event; its source wins if it reports anything.</param>
    public Usage UpdatedBy(in Usage later) => new(
        Latest(InputTokens, later.InputTokens),
        Latest(OutputTokens, later.OutputTokens),
        Latest(CacheReadInputTokens, later.CacheReadInputTokens),
        Latest(CacheCreationInputTokens, later.CacheCreationInputTokens),
        later.Source == UsageSource.None ? Source : later.Source);

    /// <summary>These figures of an answer that was cut off after it had written about so many tokens.</summary>
    public Usage CutAfter(long outputTokens) =>
        this with { OutputTokens = Math.Max(OutputTokens, outputTokens), Source = UsageSource.Estimated };

    private static long Latest(long earlier, long later) => later > 0 || earlier < 0 ? later : earlier;
}
