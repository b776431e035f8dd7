using System.Text.RegularExpressions;

namespace Gateway.Core.Errors;

/// <summary>The words and codes by which providers say that a prompt is longer than the model's window.</summary>
/// <remarks>Those of recorded answers and of the vendors' documentation. Errors are rare: no hot path comes here.</remarks>
public static partial class OverflowWords
{
    /// <summary>Whether an error says so.</summary>
    /// <param name="message">The error's message, or its whole body.</param>
    /// <param name="kind">Its type and code, each on a line of its own; empty if they are in the message.</param>
    public static bool Say(string message, string kind = "") =>
        !RateLimit().IsMatch(message) && (Phrases().IsMatch(message) || Codes().IsMatch(kind));

    // Those of a rate limit are similar, and are about a minute instead of a model.
    [GeneratedRegex("rate.?limit|tokens per min|too many requests|throttl|requests per", RegexOptions.IgnoreCase)]
    private static partial Regex RateLimit();

    [GeneratedRegex("context_length_exceeded|exceed_context_size|model_context_window_exceeded|ContextWindowExceeded|^1261$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Codes();

    [GeneratedRegex(
        "(?:prompt|input|conversation) is too long|maximum context|maximum prompt length|model'?s context (?:length|limit|window)|context length exceeded"
        + "|context_length_exceeded|exceed_context_size|model_context_window_exceeded|ContextWindowExceeded"
        + "|exceeds? (?:the )?context (?:window|limit|size)|exceeds? the available context size|exceeds the (?:model'?s )?(?:maximum )?context|context window exceeds|context size has been exceeded|exceeded (?:max )?context length"
        + "|exceeded model token limit|prompt exceeds max|input length should be|greater than the context length|longer than the (?:model'?s context|maximum model length)"
        + "|loaded with context length of only|exceeds the maximum number of tokens|token limit exceeded|token count of [0-9,]+ exceeds the limit|input tokens exceed the configured limit"
        + "|exceeded the maximum allowed input length|inputs? tokens \\+ `?max_new_tokens`? must be|must have less than [0-9,]+ tokens|exceed max message tokens|too many (?:input )?tokens|reduce the length of the messages",
        RegexOptions.IgnoreCase)]
    private static partial Regex Phrases();
}
