namespace Gateway.Core.Health;

/// <summary>What is known of one limit group of a provider's keys: limits and money are an organisation's, not a key's. Thread-safe.</summary>
public sealed class KeyState
{
    private long _coolingUntil;
    private long _exhaustedUntil;
    private int _inFlight;

    /// <summary>Exchanges that are under way with its keys.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>One more is under way.</summary>
    public void Enter() => Interlocked.Increment(ref _inFlight);

    /// <summary>It is over.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>It may be used.</summary>
    public bool IsReady(long nowMs) => nowMs >= CoolingUntil && nowMs >= ExhaustedUntil;

    /// <summary>It rests until then (429), ms.</summary>
    public long CoolingUntil => Volatile.Read(ref _coolingUntil);

    /// <summary>Its money is gone until then, ms; <see cref="long.MaxValue"/> until a reload.</summary>
    public long ExhaustedUntil => Volatile.Read(ref _exhaustedUntil);

    /// <summary>Lets it rest.</summary>
    public void Cool(long untilMs) => Volatile.Write(ref _coolingUntil, Math.Max(CoolingUntil, untilMs));

    /// <summary>Its money is gone.</summary>
    public void Exhaust(long untilMs) => Volatile.Write(ref _exhaustedUntil, untilMs);

    /// <summary>The configuration was read again: what was out until then may be tried. Pauses that end by themselves go on.</summary>
    public void Reloaded()
    {
        if (ExhaustedUntil == long.MaxValue)
        {
            Volatile.Write(ref _exhaustedUntil, 0);
        }
    }

    /// <summary>Everything is forgiven.</summary>
    public void Reset()
    {
        Volatile.Write(ref _coolingUntil, 0);
        Volatile.Write(ref _exhaustedUntil, 0);
    }
}
