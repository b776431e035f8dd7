namespace Gateway.Core.Telemetry;

/// <summary>Writes times as RFC 3339 does, in UTC and to the millisecond: <c>2026-11-23T07:00:38.123Z</c>.</summary>
internal static class LogTime
{
    /// <summary>Bytes a time takes.</summary>
    public const int Length = 24;

    /// <summary>Where the time of day begins, <c>07:00:38.123</c>.</summary>
    public const int TimeOfDayStart = 11;

    /// <summary>Where the time of day ends.</summary>
    public const int TimeOfDayEnd = 23;

    /// <summary>Writes a time into at least <see cref="Length"/> bytes.</summary>
    public static void Write(DateTimeOffset time, Span<byte> text)
    {
        var utc = time.UtcDateTime;
        "0000-00-00T00:00:00.000Z"u8.CopyTo(text);
        WriteDigits(text[..4], utc.Year);
        WriteDigits(text[5..7], utc.Month);
        WriteDigits(text[8..10], utc.Day);
        WriteDigits(text[11..13], utc.Hour);
        WriteDigits(text[14..16], utc.Minute);
        WriteDigits(text[17..19], utc.Second);
        WriteDigits(text[20..23], utc.Millisecond);
    }

    private static void WriteDigits(Span<byte> text, int number)
    {
        for (var at = text.Length - 1; at >= 0; at--)
        {
            text[at] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
