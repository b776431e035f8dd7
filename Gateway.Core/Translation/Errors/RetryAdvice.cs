using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Core.Translation.Errors;

/// <summary>When to try again, from whatever a provider says about it.</summary>
internal static partial class RetryAdvice
{
    // Claude Code gives up at once when it is told to wait longer.
    private const int Longest = 60;

    /// <summary>Seconds, rounded up; -1 for no advice.</summary>
    /// <param name="retryAfterMs">What the answer's fields ask for; below 0 for nothing.</param>
    /// <param name="message">The error's words, which often say it too.</param>
    /// <param name="untilResetMs">When its rate limits are whole again, where nothing else is said; below 0 if unknown.</param>
    public static int Seconds(long retryAfterMs, ReadOnlySpan<byte> message, long untilResetMs = -1)
    {
        if (retryAfterMs >= 0)
        {
            return Clamp(retryAfterMs / 1000.0);
        }

        var said = FromText(Encoding.UTF8.GetString(message));
        return said < 0 && untilResetMs >= 0 ? Clamp(untilResetMs / 1000.0) : said;
    }

    private static int FromText(string message)
    {
        if (TryAgain().Match(message) is not { Success: true } match
            || !double.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out var amount))
        {
            return -1;
        }

        var minutes = match.Groups[1].Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * 60 : 0;
        return Clamp(minutes + (match.Groups[3].Value.StartsWith("ms", StringComparison.OrdinalIgnoreCase) ? amount / 1000 : amount));
    }

    private static int Clamp(double seconds) => (int)Math.Clamp(Math.Ceiling(seconds), 1, Longest);

    [GeneratedRegex(@"(?:try again|retry) (?:in|after) (?:(\d+)m)?([\d.]+) ?(ms|s)", RegexOptions.IgnoreCase)]
    private static partial Regex TryAgain();
}
