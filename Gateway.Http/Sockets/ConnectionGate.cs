namespace Gateway.Http.Sockets;

/// <summary>Counts the accepted connections of all reactors against one limit. Lock-free.</summary>
public sealed class ConnectionGate(int limit)
{
    private int _open;
    private long _accepted;
    private long _refused;
    private bool _isClosed;

    /// <summary>Connections open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Connections accepted so far.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Connections closed at once because the limit was reached.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Listeners accept nobody for now: who comes waits in the kernel's queue. Any thread.</summary>
    public bool IsClosed
    {
        get => Volatile.Read(ref _isClosed);
        set => Volatile.Write(ref _isClosed, value);
    }

    /// <summary>True if one more may enter; it must <see cref="Leave"/> later.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) > limit)
        {
            Interlocked.Decrement(ref _open);
            Interlocked.Increment(ref _refused);
            return false;
        }

        Interlocked.Increment(ref _accepted);
        return true;
    }

    /// <summary>One connection is gone.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);
}
