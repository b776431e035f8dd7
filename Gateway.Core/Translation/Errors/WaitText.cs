using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Core.Translation.Errors;

/// <summary>How long to wait, where only the words of an error tell: "Please try again in 35.9s".</summary>
internal static partial class WaitText
{
    /// <summary>Milliseconds; -1 if it does not say.</summary>
    public static long Milliseconds(string message)
    {
        var match = TryAgain().Match(message);
        if (!match.Success)
        {
            return -1;
        }

        var minutes = Read(match, "minutes");
        var seconds = Read(match, "seconds");
        return (long)(((minutes * 60) + seconds) * 1000) + (long)Read(match, "ms");
    }

    private static double Read(Match match, string group) =>
        double.TryParse(match.Groups[group].Value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"(try again|retry)( after| in)? (?:(?<minutes>\d+)m(?!s))?(?:(?<ms>[\d.]+)ms|(?<seconds>[\d.]+) ?s)", RegexOptions.IgnoreCase)]
    private static partial Regex TryAgain();
}
