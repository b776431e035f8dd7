namespace Gateway.Core.Telemetry;

/// <summary>A line for people at a terminal: aligned, and coloured if they like.</summary>
/// <param name="isColoured">Whether to send colours.</param>
/// <param name="keepsJson">A file gets the line as well, which is for machines.</param>
public sealed class PlainLogLine(bool isColoured, bool keepsJson = false) : LogLine
{
    private const int EventWidth = 20;

    private readonly JsonLogLine? _json = keepsJson ? new JsonLogLine() : null;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> AsJson => _json is null ? default : _json.Written;

    private static ReadOnlySpan<byte> Blanks => "                    "u8;

    /// <inheritdoc/>
    protected override void WriteStart(DateTimeOffset time, LogLevel level, ReadOnlySpan<byte> name)
    {
        _json?.Begin(time, level, name);
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
        _json?.Text(name, value);
        var quote = value.IsEmpty || value.Contains((byte)' ') ? "\""u8 : default;
        AppendName(name);
        Append(quote);
        AppendEscaped(value); // control bytes of a stranger must not reach the terminal
        Append(quote);
    }

    /// <inheritdoc/>
    protected override void WriteNumber(ReadOnlySpan<byte> name, long value)
    {
        _json?.Number(name, value);
        AppendName(name);
        AppendNumber(value);
    }

    /// <inheritdoc/>
    protected override void WriteAttempts(ReadOnlySpan<byte> name, ReadOnlySpan<FailedAttempt> attempts)
    {
        _json?.Attempts(name, attempts);
        AppendName(name);
        for (var i = 0; i < attempts.Length && Fits(attempts[i].Reason.Length); i++)
        {
            Append(i == 0 ? default : ","u8);
            AppendAscii(attempts[i].Reason);
            Append("@"u8);
            AppendEscaped(attempts[i].Provider.Span);
        }
    }

    /// <inheritdoc/>
    protected override void WriteEnd()
    {
        _json?.End();
        Append(IsCut ? " (cut)\n"u8 : "\n"u8);
    }

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

    private void AppendName(ReadOnlySpan<byte> name)
    {
        Append(" "u8);
        Append(name);
        Append("="u8);
    }
}
