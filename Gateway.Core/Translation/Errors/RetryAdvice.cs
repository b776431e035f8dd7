using System.Buffers.Text;
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
    public static int Seconds(ReadOnlySpan<byte> retryAfter, ReadOnlySpan<byte> retryAfterMs, ReadOnlySpan<byte> message)
    {
        if (TryNumber(retryAfterMs, out var milliseconds))
        {
            return Clamp(milliseconds / 1000);
        }

        if (TryNumber(retryAfter, out var seconds))
        {
            return Clamp(seconds);
        }

        if (!retryAfter.IsEmpty && DateTimeOffset.TryParse(
            Encoding.ASCII.GetString(retryAfter), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return Clamp((date - DateTimeOffset.UtcNow).TotalSeconds);
        }

        return FromText(Encoding.UTF8.GetString(message));
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

    private static bool TryNumber(ReadOnlySpan<byte> field, out double value) =>
        Utf8Parser.TryParse(field, out value, out var used) && used == field.Length && used > 0 && value >= 0;

    private static int Clamp(double seconds) => (int)Math.Clamp(Math.Ceiling(seconds), 1, Longest);

    [GeneratedRegex(@"(?:try again|retry) (?:in|after) (?:(\d+)m)?([\d.]+) ?(ms|s)", RegexOptions.IgnoreCase)]
    private static partial Regex TryAgain();
}
