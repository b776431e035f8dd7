using Gateway.Http.Sockets;

namespace Gateway.Host.Service;

/// <summary>Whether every reactor still turns: each is sent a ping, and asked for its answer at the next look.</summary>
/// <remarks>For one caller at a time.</remarks>
internal sealed class ReactorPulse(IReadOnlyList<Reactor> reactors)
{
    private int _missing;

    /// <summary>True if all have answered the pings of the last look, the first look included; sends the next ones.</summary>
    public bool Look()
    {
        if (Volatile.Read(ref _missing) > 0)
        {
            // One of them hangs. More pings would only pile up behind it; when it goes on, it answers the old one.
            return false;
        }

        Volatile.Write(ref _missing, reactors.Count);
        foreach (var reactor in reactors)
        {
            reactor.Post(static pulse => Interlocked.Decrement(ref ((ReactorPulse)pulse!)._missing), this);
        }

        return true;
    }
}
