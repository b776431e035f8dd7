using Gateway.Core.Telemetry;
using Microsoft.Extensions.ObjectPool;

namespace Gateway.Host.Logging;

/// <summary>Takes lines from every thread and writes them out on one of its own.</summary>
/// <remarks>The queue is bounded: when the output cannot keep up, or fails, lines are dropped and counted, and a
/// reactor never waits. Thread-safe. Opening and posting a line allocates nothing when warm.</remarks>
internal sealed class JsonLogSink : ILogSink, IDisposable
{
    /// <summary>Lines that may wait for the output; at most 16 KB each, mostly below 1 KB.</summary>
    public const int QueuedLines = 4096;

    // A reader of our output that has stopped reading must not keep the process from ending.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly LogQueue _queue = new(QueuedLines);
    private readonly LogLosses _losses = new();
    private readonly ObjectPool<LogLine> _lines;
    private volatile LogLevel _minimum;
    private readonly TimeProvider _time;
    private readonly LineWriter? _file;
    private readonly Thread _thread;

    /// <summary>A sink that writes to a stream, from now on.</summary>
    /// <param name="output">Where lines go, such as standard output; it is not closed.</param>
    /// <param name="form">How lines look.</param>
    /// <param name="minimum">Lines below this level are not wanted.</param>
    /// <param name="time">Clock of the lines.</param>
    /// <param name="gather">How long lines may gather before they are written together.</param>
    /// <param name="file">Gets every line too, as JSON; neither output waits for the other.</param>
    public JsonLogSink(Stream output, LogForm form, LogLevel minimum, TimeProvider time, TimeSpan gather = default, LineWriter? file = null)
    {
        _minimum = minimum;
        _time = time;
        _file = file;
        _lines = new DefaultObjectPool<LogLine>(new LogLinePolicy(form, needsJson: file is not null), QueuedLines);
        var writer = new LogWriter(_queue, _lines, output, _losses, time, gather);
        _thread = new Thread(writer.Run) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public LogLevel Minimum
    {
        get => _minimum;
        set => _minimum = value;
    }

    /// <summary>Lines lost since the start, because a queue was full or an output failed.</summary>
    public long Dropped => _losses.Total + (_file?.Dropped ?? 0);

    /// <inheritdoc/>
    public LogLine? Open(LogLevel level, ReadOnlySpan<byte> name)
    {
        if (level < _minimum)
        {
            return null;
        }

        var line = _lines.Get();
        line.Begin(_time.GetUtcNow(), level, name);
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
        _file?.Add(line.AsJson);
        if (!_queue.TryAdd(line))
        {
            _losses.Add(1);
            _lines.Return(line);
        }
    }

    /// <summary>Writes what is queued, for a second at most, and ends the thread.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join(LastWords);
    }
}
