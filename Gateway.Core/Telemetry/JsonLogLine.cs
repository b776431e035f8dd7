namespace Gateway.Core.Telemetry;

/// <summary>A line for machines: one JSON object.</summary>
public sealed class JsonLogLine : LogLine
{
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
        AppendName(",\""u8, name, "\":\""u8);
        AppendEscaped(value);
        Append("\""u8);
    }

    /// <inheritdoc/>
    protected override void WriteNumber(ReadOnlySpan<byte> name, long value)
    {
        AppendName(",\""u8, name, "\":"u8);
        AppendNumber(value);
    }

    /// <inheritdoc/>
    protected override void WriteEnd() => Append(IsCut ? ",\"cut\":true}\n"u8 : "}\n"u8);
}
