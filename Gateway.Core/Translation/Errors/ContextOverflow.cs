using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Core.Errors;

namespace Gateway.Core.Translation.Errors;

/// <summary>Recognises that a prompt is too long in the words of any provider, and says it in the only ones that make
/// Claude Code compact the conversation.</summary>
internal static partial class ContextOverflow
{
    /// <summary>The message for the client; null if the error is another.</summary>
    /// <param name="body">What the provider said.</param>
    /// <param name="estimatedInput">The prompt's estimated size, tokens.</param>
    /// <param name="window">The model's context window, tokens; 0 if unknown.</param>
    public static byte[]? Message(ErrorBody body, long estimatedInput, long window)
    {
        var text = Encoding.UTF8.GetString(body.Message);
        if (!OverflowWords.Say(text, Encoding.UTF8.GetString(body.Kind)))
        {
            return null;
        }

        var parts = Parts().Match(text);
        parts = parts.Success ? parts : TooLarge().Match(text);
        if (parts.Success && Split(text, parts) is { } both)
        {
            return Encoding.UTF8.GetBytes(both);
        }

        var maximum = body.ContextTokens > 0 ? body.ContextTokens : First(Maximum().Match(text));
        maximum = maximum > 0 ? maximum : window;
        var prompt = body.PromptTokens > 0 ? body.PromptTokens : First(Requested().Match(text));
        prompt = prompt > 0 ? prompt : estimatedInput;
        return TooLong(prompt, maximum);
    }

    /// <summary>Says so where the provider said nothing and gave no answer either: its prompt filled the window.</summary>
    /// <param name="prompt">Tokens of the prompt.</param>
    /// <param name="window">The model's context window, tokens; 0 if unknown.</param>
    /// <returns>Null if there was room.</returns>
    public static byte[]? Silent(long prompt, long window) => window > 0 && prompt >= window - (window / 100) ? TooLong(prompt, window) : null;

    /// <summary>Claude Code acts on the words as they are (release 2.1).</summary>
    public static bool IsUnderstood(ErrorBody body) => Understood().IsMatch(Encoding.UTF8.GetString(body.Message));

    /// <summary>The words.</summary>
    /// <param name="prompt">Tokens of the prompt.</param>
    /// <param name="maximum">Tokens that fit; 0 if unknown.</param>
    public static byte[] TooLong(long prompt, long maximum)
    {
        maximum = maximum > 0 ? maximum : Math.Max(1, prompt - 1);
        prompt = Math.Max(prompt, maximum + 1);
        return Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"prompt is too long: {prompt} tokens > {maximum} maximum"));
    }

    // The prompt fits and only what may be answered does not: Claude Code then asks for less.
    private static string? Split(string text, Match parts)
    {
        var prompt = Number(parts.Groups["in"].Value);
        var output = Number(parts.Groups["out"].Value);
        var maximum = First(Maximum().Match(text));
        return prompt < maximum && prompt + output > maximum
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"input length and `max_tokens` exceed context limit: {prompt} + {output} > {maximum}, decrease input length or `max_tokens` and try again")
            : null;
    }

    private static long First(Match match)
    {
        for (var group = 1; group < match.Groups.Count; group++)
        {
            if (match.Groups[group].Success)
            {
                return Number(match.Groups[group].Value);
            }
        }

        return 0;
    }

    private static long Number(string digits) =>
        long.TryParse(digits.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("prompt is too long|maximum context length is|input is too long|input length and `?max_tokens`? exceed context limit", RegexOptions.IgnoreCase)]
    private static partial Regex Understood();

    [GeneratedRegex(
        @"context length(?: is| of|:)(?: only)? ([\d,]+)|maximum number of tokens allowed \(([\d,]+)|maximum prompt length is ([\d,]+)|context length \(([\d,]+)"
        + @"|([\d,]+) maximum context|token limit: ([\d,]+)|\[1, ([\d,]+)\]|context size \(([\d,]+)"
        + @"|less than ([\d,]+) tokens|context length of only ([\d,]+)|must be <= ([\d,]+)|model length of ([\d,]+)|> ([\d,]+)|(?:limit|maximum)(?: of| is|:)? ([\d,]+)(?![\d,]| \+)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Maximum();

    [GeneratedRegex(
        @"resulted in ([\d,]+)|requested(?: about|:)? ([\d,]+)|request contains ([\d,]+)|input \(([\d,]+)|input length \(([\d,]+)"
        + @"|prompt contains(?: at least)? ([\d,]+)|contains(?: at least)? ([\d,]+) (?:input )?tokens|request \(([\d,]+)"
        + @"|too long: ([\d,]+)|passed ([\d,]+) input tokens|prompt \(length ([\d,]+)|has ([\d,]+) (?:input )?tokens|token count of ([\d,]+)|token count \(([\d,]+)|given: ([\d,]+)|current length is ([\d,]+)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Requested();

    [GeneratedRegex(
        @"(?<in>[\d,]+) (?:tokens )?(?:in|of|from) (?:the |your )?(?:messages|text|input|prompt)[^()]*?,? (?:and )?(?<out>[\d,]+) (?:tokens )?(?:in|of|for|from) (?:the |your )?(?:completion|output|tool)"
        + @"|exceed context limit: (?<in>[\d,]+) \+ (?<out>[\d,]+) >",
        RegexOptions.IgnoreCase)]
    private static partial Regex Parts();

    // vLLM since 0.10.
    [GeneratedRegex(@"tokens' is too large: (?<out>[\d,]+).* request has (?<in>[\d,]+) input tokens", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex TooLarge();
}
