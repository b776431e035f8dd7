using Gateway.Http.Sockets;

namespace Gateway.Host.Lifetime;

/// <summary>Whether every reactor turns: asked now and then, it sends each a ping, and finds out whether one left the last unanswered for ten seconds.</summary>
/// <remarks>Any thread. Nobody asks, nobody is pinged.</remarks>
internal sealed class Liveness(IReadOnlyList<Reactor> reactors, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _askedAt;
    private int _missing;

    /// <summary>False if one hangs.</summary>
    public bool Look()
    {
        lock (_lock)
        {
            if (Volatile.Read(ref _missing) > 0)
            {
                return time.GetElapsedTime(_askedAt) < Longest;
            }

            Volatile.Write(ref _missing, reactors.Count);
            _askedAt = time.GetTimestamp();
        }

        foreach (var reactor in reactors)
        {
            reactor.Post(static liveness => Interlocked.Decrement(ref ((Liveness)liveness!)._missing), this);
        }

        return true;
    }
}
