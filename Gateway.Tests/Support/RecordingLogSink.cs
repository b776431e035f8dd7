using System.Text;
using Gateway.Core.Telemetry;

namespace Gateway.Tests.Support;

/// <summary>Keeps every line of the wanted weight, as JSON and at a fixed time.</summary>
internal sealed class RecordingLogSink(LogLevel minimum = LogLevel.Debug) : ILogSink
{
    private readonly List<string> _lines = [];

    /// <summary>The time of every line.</summary>
    public static DateTimeOffset Time { get; } = new(2026, 11, 23, 9, 5, 7, 42, TimeSpan.FromHours(2));

    /// <summary>The lines posted so far, without their line feeds.</summary>
    public string[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <inheritdoc/>
    public LogLevel Minimum { get; set; } = minimum;

    /// <inheritdoc/>
    public LogLine? Open(LogLevel level, ReadOnlySpan<byte> name)
    {
        if (level < Minimum)
        {
            return null;
        }

        var line = new JsonLogLine();
        line.Begin(Time, level, name);
        return line;
    }

    /// <inheritdoc/>
    public void Post(LogLine? line)
    {
        if (line is null)
        {
            return;
        }

        line.End();
        lock (_lines)
        {
            _lines.Add(Encoding.UTF8.GetString(line.Written).TrimEnd('\n'));
        }
    }
}
