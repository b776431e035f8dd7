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
        var (year, month, day) = DateOnly.FromDateTime(utc);
        text = text[..Length];
        "0000-00-00T00:00:00.000Z"u8.CopyTo(text);
        WritePair(text, 0, year / 100);
        WritePair(text, 2, year % 100);
        WritePair(text, 5, month);
        WritePair(text, 8, day);
        WritePair(text, 11, utc.Hour);
        WritePair(text, 14, utc.Minute);
        WritePair(text, 17, utc.Second);
        WritePair(text, 20, utc.Millisecond / 10);
        text[22] = (byte)('0' + (utc.Millisecond % 10));
    }

    private static void WritePair(Span<byte> text, int at, int number)
    {
        text[at] = (byte)('0' + (number / 10));
        text[at + 1] = (byte)('0' + (number % 10));
    }
}
