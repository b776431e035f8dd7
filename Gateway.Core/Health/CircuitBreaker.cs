namespace Gateway.Core.Health;

/// <summary>Takes one model of a provider out of service when it fails too often, and lets it back by one request.</summary>
/// <remarks>
/// Figures: Envoy's outlier detection, linkerd's half-open probe. Five failures in a row, or half of at least ten within
/// 30 s; out for 5 s, doubling to 300 s, give or take 20 %. Thread-safe; a success on a sound circuit takes no lock.
/// </remarks>
public sealed class CircuitBreaker
{
    private const int MostInARow = 5;
    private const int LeastForShare = 10;
    private const int FirstEjectionMs = 5_000;
    private const int LongestEjectionMs = 300_000;
    private const int ProbeLeaseMs = 60_000;

    private readonly OutcomeWindow _window = new();
    private readonly Lock _transition = new();
    private int _failuresInARow;
    private int _ejections;
    private long _openUntil;
    private long _probeUntil;
    private long _recoveredAt = long.MinValue;

    /// <summary>When it may be tried again, in the caller's milliseconds; 0 while it is closed.</summary>
    public long OpenUntil => Volatile.Read(ref _openUntil);

    /// <summary>How often it opened since two requests in a row were served.</summary>
    public int Ejections => Volatile.Read(ref _ejections);

    /// <summary>When it closed again last; <see cref="long.MinValue"/> if it never did.</summary>
    public long RecoveredAt => Volatile.Read(ref _recoveredAt);

    /// <summary>It fails now and then.</summary>
    public bool IsShaky => Volatile.Read(ref _failuresInARow) > 0;

    /// <summary>Share of failures in the last 30 s, 0 to 1.</summary>
    public double FailureShare(long nowMs)
    {
        var (all, failed) = _window.Count(nowMs);
        return all == 0 ? 0 : (double)failed / all;
    }

    /// <summary>It is closed, or half open with its one request still to send.</summary>
    public bool IsReady(long nowMs)
    {
        var until = OpenUntil;
        return until == 0 || (nowMs >= until && nowMs >= Volatile.Read(ref _probeUntil));
    }

    /// <summary>Asks to send a request; on a half-open circuit only one gets a yes until its outcome is known.</summary>
    public bool TryEnter(long nowMs)
    {
        var until = OpenUntil;
        if (until == 0)
        {
            return true;
        }

        var probe = Volatile.Read(ref _probeUntil);
        return nowMs >= until && nowMs >= probe
            && Interlocked.CompareExchange(ref _probeUntil, nowMs + ProbeLeaseMs, probe) == probe;
    }

    /// <summary>A request was served.</summary>
    public void Succeeded(long nowMs)
    {
        _window.Add(failed: false, nowMs);
        if (Volatile.Read(ref _failuresInARow) != 0 || OpenUntil != 0 || Ejections != 0)
        {
            Close(nowMs);
        }
    }

    /// <summary>A request failed by the provider's fault.</summary>
    /// <param name="nowMs">Now.</param>
    /// <param name="retryAfterMs">The pause the provider asked for; below 0 for none. It wins over the circuit's own.</param>
    /// <param name="jitter">From 0 to 1, drawn by lot.</param>
    public void Failed(long nowMs, long retryAfterMs, double jitter)
    {
        _window.Add(failed: true, nowMs);
        lock (_transition)
        {
            _failuresInARow++;
            if (_openUntil > nowMs && _probeUntil <= nowMs)
            {
                return; // an attempt that began before it opened
            }

            var (all, failed) = _window.Count(nowMs);
            if (_openUntil != 0 || _failuresInARow >= MostInARow || (all >= LeastForShare && failed * 2 >= all))
            {
                Open(nowMs, retryAfterMs, jitter);
            }
        }
    }

    /// <summary>A request ended without telling anything about the provider: a half-open circuit may send another.</summary>
    public void Abandoned() => Volatile.Write(ref _probeUntil, 0);

    /// <summary>Closes it at once, by hand or after a probe.</summary>
    public void Close(long nowMs)
    {
        lock (_transition)
        {
            var wasOpen = _openUntil != 0;
            _failuresInARow = 0;
            Volatile.Write(ref _probeUntil, 0);
            if (wasOpen)
            {
                _window.Clear();
                _recoveredAt = nowMs;
            }
            else
            {
                _ejections = 0;
            }

            Volatile.Write(ref _openUntil, 0);
        }
    }

    private void Open(long nowMs, long retryAfterMs, double jitter)
    {
        var own = Math.Min(FirstEjectionMs * (1L << Math.Min(_ejections, 10)), LongestEjectionMs);
        var pause = retryAfterMs > 0 ? retryAfterMs : (long)(own * (0.8 + (0.4 * jitter)));
        _ejections++;
        Volatile.Write(ref _probeUntil, 0);
        Volatile.Write(ref _openUntil, nowMs + pause);
    }
}
