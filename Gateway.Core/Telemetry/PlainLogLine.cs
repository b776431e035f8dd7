namespace Gateway.Core.Telemetry;

/// <summary>A line for people at a terminal: aligned, and coloured if they like.</summary>
/// <param name="isColoured">Whether to send colours.</param>
public sealed class PlainLogLine(bool isColoured) : LogLine
{
    private const int EventWidth = 20;

    private static ReadOnlySpan<byte> Blanks => "                    "u8;

    /// <inheritdoc/>
    protected override void WriteStart(DateTimeOffset time, LogLevel level, ReadOnlySpan<byte> name)
    {
        Span<byte> text = stackalloc byte[LogTime.Length];
        LogTime.Write(time, text);
        Append(text[LogTime.TimeOfDayStart..LogTime.TimeOfDayEnd]);
        Append(" "u8);
        Append(isColoured ? Colour(level) : default);
        Append(ShortName(level));
        Append(isColoured ? "\e[0m"u8 : default);
        Append(" "u8);
        Append(name);
        Append(Blanks[Math.Min(name.Length, EventWidth)..]);
    }

    /// <inheritdoc/>
    protected override void WriteText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var quote = value.IsEmpty || value.Contains((byte)' ') ? "\""u8 : default;
        AppendName(" "u8, name, "="u8);
        Append(quote);
        AppendEscaped(value); // control bytes of a stranger must not reach the terminal
        Append(quote);
    }

    /// <inheritdoc/>
    protected override void WriteNumber(ReadOnlySpan<byte> name, long value)
    {
        AppendName(" "u8, name, "="u8);
        AppendNumber(value);
    }

    /// <inheritdoc/>
    protected override void WriteEnd() => Append(IsCut ? " (cut)\n"u8 : "\n"u8);

    private static ReadOnlySpan<byte> ShortName(LogLevel level) => level switch
    {
        LogLevel.Debug => "debug"u8,
        LogLevel.Info => "info "u8,
        LogLevel.Warning => "warn "u8,
        _ => "error"u8,
    };

    private static ReadOnlySpan<byte> Colour(LogLevel level) => level switch
    {
        LogLevel.Debug => "\e[90m"u8,
        LogLevel.Info => "\e[32m"u8,
        LogLevel.Warning => "\e[33m"u8,
        _ => "\e[31m"u8,
    };
}
