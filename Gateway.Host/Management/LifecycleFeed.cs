using Gateway.Core.Telemetry;

namespace Gateway.Host.Management;

/// <summary>Keeps the last events of the gateway's own life for <c>/events</c>, and passes them on to the log: those too that the log does not want.</summary>
/// <remarks>For rare moments: each line is written twice.</remarks>
/// <param name="log">Where lines go.</param>
/// <param name="time">Clock of the lines.</param>
internal sealed class LifecycleFeed(ILogSink log, TimeProvider time) : ILogSink
{
    private const int Kept = 128;

    private readonly Lock _lock = new();
    private readonly Queue<(string Name, byte[] Json)> _events = [];
    private long _count;

    /// <inheritdoc />
    public LogLevel Minimum
    {
        get => log.Minimum;
        set => log.Minimum = value;
    }

    /// <summary>Events so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <inheritdoc />
    public LogLine Open(LogLevel level, ReadOnlySpan<byte> name)
    {
        var line = new TwofoldLine(log.Open(level, name), name);
        line.Begin(time.GetUtcNow(), level, name);
        return line;
    }

    /// <inheritdoc />
    public void Post(LogLine? line)
    {
        if (line is not TwofoldLine twofold)
        {
            return;
        }

        log.Post(twofold.Logged);
        twofold.End();
        lock (_lock)
        {
            _events.Enqueue((twofold.Name, twofold.AsJson[..^1].ToArray()));
            if (_events.Count > Kept)
            {
                _events.Dequeue();
            }

            _count++;
        }
    }

    /// <summary>Those that came after the first so many: names and JSON.</summary>
    /// <param name="seen">How many the caller has seen; brought up to date.</param>
    public IReadOnlyList<(string Name, byte[] Json)> Since(ref long seen)
    {
        if (seen == Count)
        {
            return [];
        }

        lock (_lock)
        {
            var fresh = (int)Math.Min(_count - seen, _events.Count);
            seen = _count;
            return [.. _events.TakeLast(fresh)];
        }
    }

    // The log's own line, if it wants one, and ours.
    private sealed class TwofoldLine(LogLine? logged, ReadOnlySpan<byte> name) : LogLine
    {
        private readonly JsonLogLine _kept = new();

        public LogLine? Logged => logged;

        public string Name { get; } = System.Text.Encoding.ASCII.GetString(name);

        public override ReadOnlySpan<byte> AsJson => _kept.Written;

        protected override void WriteStart(DateTimeOffset time, LogLevel level, ReadOnlySpan<byte> name) => _kept.Begin(time, level, name);

        protected override void WriteText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            _kept.Text(name, value);
            logged?.Text(name, value);
        }

        protected override void WriteNumber(ReadOnlySpan<byte> name, long value)
        {
            _kept.Number(name, value);
            logged?.Number(name, value);
        }

        protected override void WriteAttempts(ReadOnlySpan<byte> name, ReadOnlySpan<FailedAttempt> attempts)
        {
            _kept.Attempts(name, attempts);
            logged?.Attempts(name, attempts);
        }

        protected override void WriteEnd() => _kept.End();
    }
}
