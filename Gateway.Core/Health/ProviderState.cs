using Gateway.Core.Compatibility;

namespace Gateway.Core.Health;

/// <summary>What is known of a provider from living with it. It outlives reloads: the next configuration takes it over by name. Thread-safe.</summary>
public sealed class ProviderState
{
    private const long SlowStartMs = 10_000;
    private const double LeastSlowStart = 0.1;
    private const int LeastRestMs = 1_000;
    private const int MostRestMs = 5_000;

    private int _inFlight;
    private int _mark;
    private int _isDown;
    private long _restsUntil;
    private long _sparedUntil;
    private volatile bool _isAskedForCounts;

    /// <summary>Its circuits.</summary>
    public PerModel<CircuitBreaker> Circuits { get; } = new();

    /// <summary>Time to the first content, ms.</summary>
    public PeakEwma FirstContent { get; } = new();

    /// <summary>What it was found not to know.</summary>
    public CompatibilityMemory Compatibility { get; } = new();

    /// <summary>Exchanges with it now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>What somebody said about it; null if nobody did.</summary>
    public HealthState? Mark => Volatile.Read(ref _mark) is var mark and > 0 ? (HealthState)(mark - 1) : null;

    /// <summary>Somebody wanted tokens counted for it, and it could not do so itself: what it reports is worth learning from.</summary>
    public bool IsAskedForCounts
    {
        get => _isAskedForCounts;
        set => _isAskedForCounts = value;
    }

    /// <summary>It said itself until when it has too much to do, ms: nobody asks it before.</summary>
    public long RestsUntil => Volatile.Read(ref _restsUntil);

    /// <summary>It had too much to do just now, ms: only those come back before whose prompt cache it holds.</summary>
    public long SparedUntil => Volatile.Read(ref _sparedUntil);

    /// <summary>It has too much to do, whatever key it is asked with.</summary>
    /// <param name="nowMs">Now.</param>
    /// <param name="retryAfterMs">The pause it asked for; below 0 for none.</param>
    /// <param name="jitter">From 0 to 1, drawn by lot.</param>
    public void Overloaded(long nowMs, long retryAfterMs, double jitter)
    {
        if (retryAfterMs > LeastRestMs)
        {
            Volatile.Write(ref _restsUntil, nowMs + retryAfterMs);
        }

        Volatile.Write(ref _sparedUntil, nowMs + LeastRestMs + (long)(jitter * (MostRestMs - LeastRestMs)));
    }

    /// <summary>It answers again.</summary>
    public void Answered()
    {
        if (SparedUntil != 0)
        {
            Volatile.Write(ref _restsUntil, 0);
            Volatile.Write(ref _sparedUntil, 0);
        }
    }

    /// <summary>An exchange with it begins.</summary>
    public void Enter() => Interlocked.Increment(ref _inFlight);

    /// <summary>It ends.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Says how it is, by hand: healthy, unhealthy or disabled; null takes it back.</summary>
    public void SetMark(HealthState? state, long nowMs)
    {
        Volatile.Write(ref _mark, state is { } mark ? (int)mark + 1 : 0);
        if (state == HealthState.Healthy)
        {
            Answered();
            foreach (var circuit in Circuits.All)
            {
                circuit.Close(nowMs);
            }
        }
    }

    /// <summary>What active probes say.</summary>
    public void SetProbed(bool isUp) => Volatile.Write(ref _isDown, isUp ? 0 : 1);

    /// <summary>How it is for a model and a key.</summary>
    /// <param name="circuit">The model's.</param>
    /// <param name="key">The key's limit group.</param>
    /// <param name="isRefused">The provider refused the key.</param>
    /// <param name="nowMs">Milliseconds of a monotonic clock.</param>
    public HealthState StateOf(CircuitBreaker circuit, KeyState key, bool isRefused, long nowMs)
    {
        if (Mark is { } mark)
        {
            return mark;
        }

        return isRefused ? HealthState.Disabled
            : nowMs < key.ExhaustedUntil ? HealthState.Exhausted
            : nowMs < key.CoolingUntil || nowMs < RestsUntil ? HealthState.Cooling
            : !circuit.IsReady(nowMs) ? HealthState.CircuitOpen
            : Volatile.Read(ref _isDown) != 0 ? HealthState.Unhealthy
            : circuit.IsShaky || circuit.OpenUntil != 0 || SlowStart(circuit, nowMs) < 1 ? HealthState.Degraded
            : HealthState.Healthy;
    }

    /// <summary>Share of its weight that a provider gets just after it came back: from a tenth, in ten seconds, to all.</summary>
    public static double SlowStart(CircuitBreaker circuit, long nowMs)
    {
        var since = circuit.RecoveredAt;
        return since == long.MinValue || nowMs - since >= SlowStartMs
            ? 1
            : Math.Max(LeastSlowStart, (double)(nowMs - since) / SlowStartMs);
    }
}
