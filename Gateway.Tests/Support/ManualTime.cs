namespace Gateway.Tests.Support;

/// <summary>A clock that only moves when told, and its timers with it; thread-safe.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private long _milliseconds;

    /// <inheritdoc/>
    public override long TimestampFrequency => 1_000;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _milliseconds);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMilliseconds(GetTimestamp());

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_timers)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Moves the clock, and rings each timer whose time has come, once.</summary>
    public void Advance(long milliseconds)
    {
        var now = Interlocked.Add(ref _milliseconds, milliseconds);
        ManualTimer[] timers;
        lock (_timers)
        {
            timers = [.. _timers];
        }

        foreach (var timer in timers)
        {
            timer.Ring(now);
        }
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        private long _due = long.MaxValue;
        private long _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime < TimeSpan.Zero ? long.MaxValue : time.GetTimestamp() + (long)dueTime.TotalMilliseconds;
            _period = (long)period.TotalMilliseconds;
            return true;
        }

        public void Ring(long now)
        {
            if (now >= _due)
            {
                _due = _period > 0 ? now + _period : long.MaxValue;
                callback();
            }
        }

        public void Dispose() => _due = long.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
