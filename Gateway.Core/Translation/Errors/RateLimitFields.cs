using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Core.Translation.Errors;

/// <summary>From the <c>x-ratelimit-*</c> fields of other vendors to Anthropic's (OpenAI, Groq, Cerebras, Fireworks write them alike).</summary>
public static partial class RateLimitFields
{
    private const string Theirs = "x-ratelimit-";
    private const int LongestName = 64;

    // The end of the year 9999, milliseconds since 1970.
    private const double MostMs = 253_402_300_799_000;

    /// <summary>Anthropic's field; null if it is none of these.</summary>
    /// <param name="name">Name of the vendor's field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="now">What a duration counts from.</param>
    public static (string Name, string Value)? Translate(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, DateTimeOffset now)
    {
        if (name.Length is <= 12 or > LongestName || !Ascii.EqualsIgnoreCase(name[..Theirs.Length], Theirs))
        {
            return null;
        }

        var match = Shape().Match(Encoding.ASCII.GetString(name[Theirs.Length..]));
        if (!match.Success)
        {
            return null;
        }

        var what = match.Groups["what"].Value.ToLowerInvariant();
        var text = Encoding.ASCII.GetString(value);
        text = what == "reset" ? Show(ResetAt(text, now)) : text;
        return text.Length == 0 ? null : ($"anthropic-ratelimit-{match.Groups["of"].Value.ToLowerInvariant()}-{what}", text);
    }

    /// <summary>Milliseconds until the limit that <c>x-ratelimit-reset-*</c> is about is whole again; -1 if the value tells no time.</summary>
    public static long UntilReset(ReadOnlySpan<byte> value, DateTimeOffset now) =>
        ResetAt(Encoding.ASCII.GetString(value), now) is { } at ? (long)Math.Max(0, (at - now).TotalMilliseconds) : -1;

    // "2m59.56s", "7.66s", "250ms", "12" seconds, or a point in time since 1970.
    private static DateTimeOffset? ResetAt(string text, DateTimeOffset now)
    {
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            return number > 1e12 ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(number, MostMs))
                : number > 1e9 ? DateTimeOffset.FromUnixTimeSeconds((long)number)
                : now.AddSeconds(Math.Max(0, number));
        }

        var match = Duration().Match(text);
        return match is { Success: true, Length: > 0 }
            ? now.AddHours(Part(match, "h")).AddMinutes(Part(match, "m")).AddSeconds(Part(match, "s")).AddMilliseconds(Part(match, "ms"))
            : null;
    }

    private static string Show(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static double Part(Match match, string group) =>
        double.TryParse(match.Groups[group].Value, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 1e6) : 0;

    [GeneratedRegex("^(?<what>limit|remaining|reset)-(?<of>requests|tokens)(-(minute|day|hour|prompt|generated))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^(?:(?<h>[\d.]+)h)?(?:(?<m>[\d.]+)m(?!s))?(?:(?<s>[\d.]+)s)?(?:(?<ms>[\d.]+)ms)?$")]
    private static partial Regex Duration();
}
