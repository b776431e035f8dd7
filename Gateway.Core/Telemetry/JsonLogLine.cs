namespace Gateway.Core.Telemetry;

/// <summary>A line for machines: one JSON object.</summary>
public sealed class JsonLogLine : LogLine
{
    // Names, quotes and digits of one attempt.
    private const int AttemptMarks = 128;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> AsJson => Written;

    /// <inheritdoc/>
    protected override void WriteStart(DateTimeOffset time, LogLevel level, ReadOnlySpan<byte> name)
    {
        Append("{\"ts\":\""u8);
        AppendTime(time);
        Append("\",\"level\":\""u8);
        Append(level.Name());
        Append("\",\"event\":\""u8);
        Append(name);
        Append("\""u8);
    }

    /// <inheritdoc/>
    protected override void WriteText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        WriteName(name, isText: true);
        AppendEscaped(value);
        Room[0] = (byte)'"';
        Advance(1);
    }

    /// <inheritdoc/>
    protected override void WriteNumber(ReadOnlySpan<byte> name, long value)
    {
        WriteName(name, isText: false);
        AppendNumber(value);
    }

    /// <inheritdoc/>
    protected override void WriteAttempts(ReadOnlySpan<byte> name, ReadOnlySpan<FailedAttempt> attempts)
    {
        WriteName(name, isText: false);
        Append("["u8);
        for (var i = 0; i < attempts.Length; i++)
        {
            ref readonly var attempt = ref attempts[i];
            if (!Fits(attempt.Reason.Length + AttemptMarks))
            {
                break;
            }

            Append(i == 0 ? "{\"status\":"u8 : ",{\"status\":"u8);
            AppendNumber(attempt.Status);
            Append(",\"ms\":"u8);
            AppendNumber(attempt.Milliseconds);
            Append(",\"reason\":\""u8);
            AppendAscii(attempt.Reason);
            Append(attempt.MayBeBilled ? "\",\"possibly_billed\":true,\"provider\":\""u8 : "\",\"provider\":\""u8);
            AppendEscaped(attempt.Provider.Span); // takes what room there is, so it comes last
            Append("\"}"u8);
        }

        Append("]"u8);
    }

    /// <inheritdoc/>
    protected override void WriteEnd() => Append(IsCut ? ",\"cut\":true}\n"u8 : "}\n"u8);

    // Punctuation by hand: a copy of two bytes costs as much as one of thirty.
    private void WriteName(ReadOnlySpan<byte> name, bool isText)
    {
        var room = Room[..(name.Length + 5)];
        room[0] = (byte)',';
        room[1] = (byte)'"';
        name.CopyTo(room[2..]);
        room[name.Length + 2] = (byte)'"';
        room[name.Length + 3] = (byte)':';
        room[name.Length + 4] = (byte)'"';
        Advance(name.Length + (isText ? 5 : 4));
    }
}
