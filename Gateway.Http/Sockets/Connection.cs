using System.Net;

namespace Gateway.Http.Sockets;

/// <summary>The seam between the gateway and a byte stream: receive what is there, send a gathered queue, close.</summary>
/// <remarks>Everything happens on the thread of its <see cref="Reactor"/>. Loss of the peer is a value here, never an exception.</remarks>
public abstract class Connection(Reactor reactor)
{
    /// <summary>The peer sent FIN: no more bytes will come.</summary>
    public const int EndOfStream = 0;

    /// <summary>Nothing there now; <see cref="WaitReadableAsync"/> tells when.</summary>
    public const int WouldBlock = -1;

    /// <summary>The connection is reset or closed.</summary>
    public const int Lost = -2;

    private Action<object>? _peerLeft;
    private object? _peerLeftState;

    /// <summary>The thread this connection lives on.</summary>
    public Reactor Reactor { get; } = reactor;

    /// <summary>The peer's address, where known.</summary>
    public virtual IPEndPoint? RemoteEndPoint => null;

    /// <summary>FIN or RST of the peer was seen; unread bytes may still be there.</summary>
    public bool PeerHasLeft { get; private set; }

    /// <summary>Why the connect or the handshake failed, in the system's words for the log; empty if it has not.</summary>
    public string ConnectFault { get; private protected set; } = "";

    /// <summary>Closed by this side.</summary>
    public bool IsClosed { get; protected set; }

    /// <summary>True if bytes or an end wait to be received: never true for a pooled connection that may be reused.</summary>
    public abstract bool IsReadable { get; }

    /// <summary>True while the connection itself still writes into the last buffer it was given.</summary>
    public virtual bool HoldsBuffer => false;

    /// <summary>Ends when the connect has succeeded (true) or failed (false); true at once for an accepted connection.</summary>
    public abstract ValueTask<bool> ConnectedAsync();

    /// <summary>Receives what is there: a count, <see cref="EndOfStream"/>, <see cref="WouldBlock"/> or <see cref="Lost"/>.</summary>
    public abstract int TryReceive(Memory<byte> buffer);

    /// <summary>The same into the free space of several blocks at once; the caller commits the bytes to them in order.</summary>
    internal virtual int TryReceive(ReadOnlySpan<Block> blocks) => TryReceive(blocks[0].Free);

    /// <summary>Ends when <see cref="TryReceive(Memory{byte})"/> is worth a try, or when somebody calls <see cref="WakeReader"/>.</summary>
    public abstract ValueTask WaitReadableAsync();

    /// <summary>Makes a pending <see cref="WaitReadableAsync"/> return.</summary>
    public abstract void WakeReader();

    /// <summary>Sends the whole queue; false if the peer is lost. At most one call at a time.</summary>
    public abstract ValueTask<bool> SendAsync(SendQueue queue);

    /// <summary>Sends FIN: nothing more will be written.</summary>
    public abstract void ShutdownSend();

    /// <summary>Closes; with <paramref name="reset"/> the peer sees RST, so that it can't take what it got for whole.</summary>
    public abstract void Close(bool reset = false);

    /// <summary>Names who is told, once, when the peer leaves; null to be told no more. Told at once if it has left already.</summary>
    public void WatchPeer(Action<object>? left, object? state)
    {
        _peerLeft = left;
        _peerLeftState = state;
        if (left is not null && PeerHasLeft)
        {
            TellPeerLeft();
        }
    }

    private protected void NotePeerLeft()
    {
        PeerHasLeft = true;
        TellPeerLeft();
    }

    private void TellPeerLeft()
    {
        var left = _peerLeft;
        var state = _peerLeftState;
        _peerLeft = null;
        _peerLeftState = null;
        left?.Invoke(state!);
    }
}
