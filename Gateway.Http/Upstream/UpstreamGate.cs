using System.Runtime.CompilerServices;
using Gateway.Http.Sockets;

namespace Gateway.Http.Upstream;

/// <summary>Admits at most so many exchanges at a time to one provider, over all reactors; the others wait in the order they came.</summary>
public sealed class UpstreamGate(int limit)
{
    // Guards the count and the queue; only taken where a limit is configured.
    private readonly Lock _lock = new();
    private readonly Queue<GateWaiter> _waiters = new();
    private int _inside;

    /// <summary>Exchanges inside now.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Enters, or gives out a place in the queue.</summary>
    internal GateWaiter? EnterOrQueue(Reactor reactor)
    {
        lock (_lock)
        {
            if (_inside < limit)
            {
                _inside++;
                return null;
            }

            var waiter = new GateWaiter(reactor);
            _waiters.Enqueue(waiter);
            return waiter;
        }
    }

    /// <summary>One exchange is over; its place goes to who waits longest.</summary>
    internal void Leave()
    {
        GateWaiter? next;
        lock (_lock)
        {
            do
            {
                if (!_waiters.TryDequeue(out next))
                {
                    _inside--;
                    return;
                }
            }
            while (!next.TryGrant());
        }

        next.Tell();
    }
}

/// <summary>One exchange in the queue of a gate; told on its own reactor. Used once.</summary>
internal sealed class GateWaiter(Reactor reactor)
{
    private const int Waiting = 0;
    private const int Granted = 1;
    private const int GivenUp = 2;

    private readonly ReactorSignal _signal = new();
    private int _state;

    /// <summary>Waits for the place (true) or for <see cref="GiveUp"/> (false).</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<bool> WaitAsync()
    {
        if (Volatile.Read(ref _state) == Waiting)
        {
            await _signal.WaitAsync();
        }

        return Volatile.Read(ref _state) == Granted;
    }

    /// <summary>Leaves the queue; on the waiter's reactor.</summary>
    public void GiveUp()
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting)
        {
            _signal.Pulse();
        }
    }

    public bool TryGrant() => Interlocked.CompareExchange(ref _state, Granted, Waiting) == Waiting;

    public void Tell() => reactor.Post(static waiter => ((GateWaiter)waiter!)._signal.Pulse(), this);
}
