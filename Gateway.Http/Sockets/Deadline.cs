namespace Gateway.Http.Sockets;

/// <summary>A restartable time limit on a reactor. Restarting it for every event of a stream costs two assignments.</summary>
/// <remarks>Owned by the reactor's thread. The callback runs there, never earlier than asked, up to one tick of the wheel later.</remarks>
public sealed class Deadline
{
    private readonly TimerWheel _wheel;
    private readonly Action<object> _expired;
    private readonly object _state;

    /// <summary>Makes a limit that is not running.</summary>
    public Deadline(Reactor reactor, Action<object> expired, object state)
    {
        _wheel = reactor.Timers;
        _expired = expired;
        _state = state;
    }

    /// <summary>True while running.</summary>
    public bool IsRunning => DueAt != long.MaxValue;

    /// <summary>Milliseconds until it expires; very many if it is not running.</summary>
    public long RemainingMs => DueAt - _wheel.NowMs;

    internal long DueAt { get; private set; } = long.MaxValue;

    internal int Slot { get; set; } = -1;

    internal long SlotTick { get; set; }

    internal Deadline? NextInSlot { get; set; }

    internal Deadline? PreviousInSlot { get; set; }

    /// <summary>Starts or restarts: expires <paramref name="milliseconds"/> from now.</summary>
    public void Start(long milliseconds)
    {
        DueAt = _wheel.NowMs + milliseconds;
        _wheel.Place(this);
    }

    /// <summary>Stops it; the wheel forgets it when it comes by.</summary>
    public void Stop() => DueAt = long.MaxValue;

    /// <summary>Stops it and takes it off the wheel at once.</summary>
    public void Discard()
    {
        Stop();
        _wheel.Remove(this);
    }

    internal void Expire()
    {
        DueAt = long.MaxValue;
        _expired(_state);
    }
}
