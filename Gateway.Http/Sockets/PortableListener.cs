using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>Accepts for one portable reactor; the socket may be shared with others.</summary>
internal sealed class PortableListener : Listener
{
    private const int AcceptsPerTurn = 64;
    private const int PauseMs = 100;

    private readonly PortableReactor _reactor;
    private readonly SharedListeners _listeners;
    private readonly ConnectionGate _gate;
    private readonly Action<Connection> _accepted;
    private readonly Deadline _resume;
    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _accept;
    private bool _isClosed;

    public PortableListener(
        PortableReactor reactor, SharedListeners listeners, Socket socket, ConnectionGate gate, Action<Connection> accepted)
    {
        _reactor = reactor;
        _listeners = listeners;
        _gate = gate;
        _accepted = accepted;
        _resume = new Deadline(reactor, static listener => ((PortableListener)listener).AcceptMore(), this);
        _socket = socket;
        Address = socket.LocalEndPoint!;
        _accept = MakeAccept();
        LimitUnsent();
        reactor.Post(static listener => ((PortableListener)listener!).AcceptMore(), this);
    }

    public override EndPoint Address { get; }

    internal override int Descriptor => _isClosed ? -1 : (int)_socket.Handle;

    public override void Close()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _resume.Discard();
        AcceptWaiting();
        _listeners.Close(_socket);
    }

    private SocketAsyncEventArgs MakeAccept()
    {
        var accept = new SocketAsyncEventArgs(true) { UserToken = this };
        accept.Completed += static (_, accept) =>
        {
            var listener = (PortableListener)accept.UserToken!;
            listener._reactor.Post(static listener => ((PortableListener)listener!).Completed(), listener);
        };
        return accept;
    }

    private void Completed()
    {
        if (Take())
        {
            AcceptMore();
        }
    }

    private void AcceptMore()
    {
        for (var left = AcceptsPerTurn; !_isClosed; left--)
        {
            if (_gate.IsClosed)
            {
                _resume.Start(PauseMs);
                return;
            }

            if (left == 0)
            {
                _reactor.Post(static listener => ((PortableListener)listener!).AcceptMore(), this);
                return;
            }

            _accept.AcceptSocket = null;
            if (_socket.AcceptAsync(_accept) || !Take())
            {
                return;
            }
        }
    }

    /// <summary>Takes what the last accept brought; false if accepting is over for now.</summary>
    private bool Take()
    {
        switch (_accept.SocketError)
        {
            case SocketError.Success:
                // A connection that came while the listener was closed is served like those in the kernel's queue.
                Admit(_accept.AcceptSocket!);
                return true;
            case SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted:
                return true;
            default:
                // Out of descriptors or memory: to try again at once would spin.
                if (!_isClosed)
                {
                    _resume.Start(PauseMs);
                }

                return false;
        }
    }

    private void AcceptWaiting()
    {
        try
        {
            while (true)
            {
                Admit(_socket.Accept());
            }
        }
        catch (SocketException)
        {
            // Nobody waits any more.
        }
    }

    private void Admit(Socket socket)
    {
        if (_gate.TryEnter())
        {
            _accepted(PortableConnection.Accept(_reactor, socket, _gate));
            return;
        }

        PortableConnection.Reset(socket);
    }
}
