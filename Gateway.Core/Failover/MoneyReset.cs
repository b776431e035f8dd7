using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Core.Failover;

/// <summary>Reads when a provider has money for us again, where its words say so: nobody need ask it before.</summary>
public static partial class MoneyReset
{
    private const string SpendLimit = "enforced_spend_limit_reached";

    /// <summary>Milliseconds until then; -1 if it does not say.</summary>
    /// <param name="body">The error's body. Wordings: Anthropic's limits of one's own and of its tiers, ChatGPT's plans.</param>
    /// <param name="now">What a date is compared with.</param>
    public static long Read(ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var text = Encoding.UTF8.GetString(body);
        if (Regained().Match(text) is { Success: true } match && TryParse(match, out var at))
        {
            return Until(at, now);
        }

        // A tier's limit is the calendar month's (Anthropic, rate limits).
        if (text.Contains(SpendLimit, StringComparison.Ordinal))
        {
            return Until(new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1), now);
        }

        return Seconds().Match(text) is { Success: true } seconds && long.TryParse(seconds.Groups["n"].Value, CultureInfo.InvariantCulture, out var n)
            ? n * 1000
            : -1;
    }

    private static bool TryParse(Match match, out DateTimeOffset at) => DateTimeOffset.TryParseExact(
        $"{match.Groups["day"].Value} {(match.Groups["time"].Success ? match.Groups["time"].Value : "00:00")}",
        "yyyy-MM-dd HH:mm",
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out at);

    private static long Until(DateTimeOffset at, DateTimeOffset now) => Math.Max(0, (long)(at - now).TotalMilliseconds);

    [GeneratedRegex(@"regain access on (?<day>\d{4}-\d{2}-\d{2})( at (?<time>\d{2}:\d{2}) UTC)?")]
    private static partial Regex Regained();

    [GeneratedRegex(@"""resets_in_seconds"": ?(?<n>\d{1,9})")]
    private static partial Regex Seconds();
}
