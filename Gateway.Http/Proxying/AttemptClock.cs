using Gateway.Core.Failover;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;

namespace Gateway.Http.Proxying;

/// <summary>What an attempt waits for.</summary>
internal enum ClockPhase : byte
{
    Stopped,
    Queue,
    KeyQueue,
    Head,
    FirstContent,
    Idle,
}

/// <summary>The clocks of one attempt, one after the other: a place at the gate, the head, the first content, the next byte.</summary>
internal sealed class AttemptClock
{
    private readonly UpstreamLease _lease;
    private readonly Deadline _deadline;
    private ClockPhase _phase;
    private bool _wasAtKey;

    public AttemptClock(Reactor reactor, UpstreamLease lease)
    {
        _lease = lease;
        _deadline = new Deadline(reactor, static clock => ((AttemptClock)clock).Ring(), this);
    }

    /// <summary>It ended what the attempt waited for.</summary>
    public bool HasRung { get; private set; }

    /// <summary>What an attempt that it ended came to.</summary>
    public AttemptEnd End => _phase switch
    {
        ClockPhase.Queue or ClockPhase.KeyQueue => _wasAtKey ? AttemptEnd.KeyQueueTimedOut : AttemptEnd.QueueTimedOut,
        ClockPhase.Head => AttemptEnd.HeadTimedOut,
        _ => AttemptEnd.ContentTimedOut,
    };

    /// <summary>Forgets the last attempt.</summary>
    public void Begin()
    {
        _phase = ClockPhase.Stopped;
        HasRung = false;
    }

    /// <summary>Starts a phase; the one before is over.</summary>
    public void Start(ClockPhase phase, int milliseconds)
    {
        _phase = phase;
        _deadline.Start(milliseconds);
    }

    public void Stop() => _deadline.Stop();

    private void Ring()
    {
        // The place at the gate came just before: connecting has limits of its own.
        if ((_phase == ClockPhase.Queue && !_lease.IsQueued) || (_phase == ClockPhase.KeyQueue && !_lease.IsQueuedForKey))
        {
            return;
        }

        _wasAtKey = _lease.IsQueuedForKey;
        HasRung = true;
        _lease.Cancel();
    }
}
