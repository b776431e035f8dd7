using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Gateway.Core.Failover;

/// <summary>Reads how long a provider wants us to wait (RFC 9110 section 10.2.3, and the <c>retry-after-ms</c> of the vendors' SDKs).</summary>
public static class RetryAfter
{
    /// <summary>Claude Code gives up at once when it reads more, seconds.</summary>
    public const int MostSecondsForClient = 60;

    private const long LongestMs = 366L * 24 * 3600 * 1000;

    /// <summary>Milliseconds to wait; -1 if neither field says so.</summary>
    /// <param name="value">Retry-After: seconds or an HTTP date; empty without the field.</param>
    /// <param name="milliseconds">retry-after-ms; empty without the field.</param>
    /// <param name="now">What a date is compared with.</param>
    public static long Read(ReadOnlySpan<byte> value, ReadOnlySpan<byte> milliseconds, DateTimeOffset now)
    {
        if (Utf8Parser.TryParse(milliseconds, out double exact, out var used) && used == milliseconds.Length && exact >= 0)
        {
            return (long)Math.Min(exact, LongestMs);
        }

        if (Utf8Parser.TryParse(value, out double seconds, out used) && used == value.Length && seconds >= 0)
        {
            return (long)Math.Min(seconds * 1000, LongestMs);
        }

        return DateTimeOffset.TryParseExact(
            Encoding.Latin1.GetString(value), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Math.Clamp((long)(date - now).TotalMilliseconds, 0, LongestMs)
            : -1;
    }

    /// <summary>What the client is told: whole seconds, rounded up, from 1 to 60.</summary>
    public static int ForClient(long milliseconds) => (int)Math.Clamp((milliseconds + 999) / 1000, 1, MostSecondsForClient);
}
