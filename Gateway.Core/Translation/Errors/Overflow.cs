using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Core.Translation.Errors;

/// <summary>Context overflow in any vendor's words, told in the only words that make Claude Code compact: "prompt is too long: N tokens > M maximum".</summary>
internal static partial class Overflow
{
    private static readonly string[] Codes = ["context_length_exceeded", "exceed_context_size_error", "1261"];

    /// <summary>The message, if it is an overflow; else null.</summary>
    public static string? Read(ProviderError error, int status, DialectProfile profile, long estimatedInput)
    {
        // Cerebras sends no body at all: the estimate tells.
        if (status is 400 or 413 && error is { Message: "", Code: "", Type: "" })
        {
            return profile.ContextWindow > 0 && estimatedInput > profile.ContextWindow ? Tell(estimatedInput, profile.ContextWindow, profile, estimatedInput) : null;
        }

        if (status is not (400 or 413 or 422 or 500 or 429) || Rates().IsMatch(error.Message))
        {
            return status == 413 && TokensPerMinute().IsMatch(error.Message) ? Tell(0, 0, profile, estimatedInput) : null;
        }

        if (error.PromptTokens > 0 && error.WindowTokens > 0)
        {
            return Tell(error.PromptTokens, error.WindowTokens, profile, estimatedInput);
        }

        // The prompt alone would fit: Claude Code lowers max_tokens and asks again.
        if (PromptAndAnswer().Match(error.Message) is { Success: true } both && Number(both, "n") < Number(both, "m"))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"input length and `max_tokens` exceed context limit: {Number(both, "n")} + {Number(both, "o")} > {Number(both, "m")}, decrease input length or `max_tokens` and try again");
        }

        foreach (var pattern in Patterns())
        {
            if (pattern.Match(error.Message) is { Success: true } match)
            {
                return Tell(Number(match, "n"), Number(match, "m"), profile, estimatedInput);
            }
        }

        return Codes.Contains(error.Code) || Codes.Contains(error.Type) || Words().IsMatch(error.Message) ? Tell(0, 0, profile, estimatedInput) : null;
    }

    private static IEnumerable<Regex> Patterns() =>
        [MaximumThenRequested(), XaiPrompt(), InputLonger(), PromptContains(), ModelLimit(), InputExceeds(), RangeOf()];

    private static string Tell(long tokens, long window, DialectProfile profile, long estimatedInput)
    {
        window = window > 0 ? window : profile.ContextWindow > 0 ? profile.ContextWindow : 128_000;
        tokens = Math.Max(tokens > 0 ? tokens : estimatedInput, window + 1);
        return string.Create(CultureInfo.InvariantCulture, $"prompt is too long: {tokens} tokens > {window} maximum");
    }

    private static long Number(Match match, string group) =>
        long.TryParse(match.Groups[group].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"rate limit|tokens per min|TPM|requests per", RegexOptions.IgnoreCase)]
    private static partial Regex Rates();

    [GeneratedRegex(@"request too large.*(TPM|tokens per min)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex TokensPerMinute();

    [GeneratedRegex(@"maximum context length (is|of) (?<m>[\d,]+).*?(resulted in|requested( about)?|you requested|contains?|has) (?<n>[\d,]+)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex MaximumThenRequested();

    [GeneratedRegex(@"maximum context length (is|of) (?<m>[\d,]+).*?\((?<n>[\d,]+) in (the|your) (messages|prompt)[^,;]*[,;] (?<o>[\d,]+) (in|for) the completion", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex PromptAndAnswer();

    [GeneratedRegex(@"maximum prompt length is (?<m>[\d,]+) but the request contains (?<n>[\d,]+)", RegexOptions.IgnoreCase)]
    private static partial Regex XaiPrompt();

    [GeneratedRegex(@"input \((?<n>[\d,]+) tokens?\) is longer than the model's context length \((?<m>[\d,]+)", RegexOptions.IgnoreCase)]
    private static partial Regex InputLonger();

    [GeneratedRegex(@"prompt contains (?<n>[\d,]+) tokens.*?(?<m>[\d,]+) maximum context", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex PromptContains();

    [GeneratedRegex(@"exceeded model token limit:? (?<m>[\d,]+) \(requested:? (?<n>[\d,]+)", RegexOptions.IgnoreCase)]
    private static partial Regex ModelLimit();

    [GeneratedRegex(@"input length \(?(?<n>[\d,]+)\)?.*?exceeds.*?maximum (context|input) length \(?(?<m>[\d,]+)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex InputExceeds();

    [GeneratedRegex(@"range of input length should be \[\d+, ?(?<m>[\d,]+)\]", RegexOptions.IgnoreCase)]
    private static partial Regex RangeOf();

    [GeneratedRegex(
        @"prompt is too long|maximum context length|exceeds? the (available )?context (window|size|length)|context window exceeds|maximum prompt length|prompt exceeds max length|longer than the model's context|exceeds (the )?model's (maximum )?context|greater than the context length|input is too long|too many tokens in (the )?prompt|context[_ ]length[_ ]exceeded",
        RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
