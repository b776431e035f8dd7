using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Gateway.Http.Sockets;

/// <summary>A connection over System.Net.Sockets: a zero-byte receive is always on its way, and tells when there is something to receive.</summary>
/// <remarks>Unlike epoll it sees a FIN only when the bytes before it have been received; no portable call looks behind them.</remarks>
internal sealed class PortableConnection : Connection
{
    private readonly PortableReactor _reactor;
    private readonly Socket _socket;
    private readonly ConnectionGate? _gate;
    private IPEndPoint? _remote;
    private readonly PortableSender _sender;
    private readonly ReactorSignal _readableSignal = new();
    private readonly ReactorSignal _connectedSignal = new();
    private readonly SocketAsyncEventArgs _receive;
    private bool _readable;
    private bool _failed;
    private bool _connecting;

    private PortableConnection(PortableReactor reactor, Socket socket, ConnectionGate? gate, IPEndPoint? remote)
        : base(reactor)
    {
        _reactor = reactor;
        _socket = socket;
        _gate = gate;
        _remote = remote;
        _sender = new PortableSender(reactor, socket);
        _receive = MakeReceive();
    }

    public override IPEndPoint? RemoteEndPoint => _remote ??= IsClosed ? null : _socket.RemoteEndPoint as IPEndPoint;

    public override bool IsReadable => _readable || PeerHasLeft || _failed;

    private bool HasFailed => _failed || _sender.IsLost;

    public static PortableConnection Accept(PortableReactor reactor, Socket socket, ConnectionGate gate)
    {
        var connection = new PortableConnection(reactor, socket, gate, null);
        connection.Prepare();
        connection.ReceiveNothing();
        return connection;
    }

    public static PortableConnection Connect(PortableReactor reactor, IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var connection = new PortableConnection(reactor, socket, null, endPoint) { _connecting = true };
        connection.Prepare();
        connection._receive.RemoteEndPoint = endPoint;
        if (!socket.ConnectAsync(connection._receive))
        {
            connection.Completed();
        }

        return connection;
    }

    /// <summary>Closes at once, with RST instead of FIN.</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }

        socket.Dispose();
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public override async ValueTask<bool> ConnectedAsync()
    {
        while (_connecting && !IsClosed)
        {
            await _connectedSignal.WaitAsync();
        }

        return !HasFailed && !IsClosed;
    }

    public override int TryReceive(Memory<byte> buffer)
    {
        if (!_readable)
        {
            // A send may hear that the peer has cut before the receive under way tells of what the peer sent first.
            return IsClosed || _failed ? Lost : WouldBlock;
        }

        if (IsClosed)
        {
            return Lost;
        }

        var received = _socket.Receive(buffer.Span, SocketFlags.None, out var error);
        if (error == SocketError.Success && received > 0)
        {
            // A short one has emptied the socket.
            if (received < buffer.Length)
            {
                ReceiveNothing();
            }
            else
            {
                LookAhead(hasFailed: false);
            }

            return received;
        }

        return error switch
        {
            // The kernel tells an error once; if another call has heard it, this one only sees an end.
            SocketError.Success => HasFailed ? Lost : EndOfStream,
            SocketError.WouldBlock or SocketError.IOPending => Emptied(),
            _ => Fail(),
        };
    }

    public override ValueTask WaitReadableAsync() =>
        _readable || _failed || IsClosed ? default : _readableSignal.WaitAsync();

    public override void WakeReader() => _readableSignal.Pulse();

    public override ValueTask<bool> SendAsync(SendQueue queue) =>
        HasFailed || IsClosed ? new ValueTask<bool>(false) : _sender.SendAsync(queue);

    public override void ShutdownSend()
    {
        if (IsClosed)
        {
            return;
        }

        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }
    }

    public override void Close(bool reset = false)
    {
        if (IsClosed)
        {
            return;
        }

        if (reset)
        {
            Reset(_socket);
        }
        else
        {
            // Without it the runtime resets a connection on which an operation is still pending, as ours always is.
            ShutdownSend();
            _socket.Dispose();
        }

        IsClosed = true;
        _gate?.Leave();
        WatchPeer(null, null);
        _readableSignal.Pulse();
        _connectedSignal.Pulse();
        _sender.Close();
        _receive.Dispose();
    }

    private SocketAsyncEventArgs MakeReceive()
    {
        var receive = new SocketAsyncEventArgs(true) { UserToken = this };
        receive.Completed += static (_, receive) =>
        {
            var connection = (PortableConnection)receive.UserToken!;
            connection._reactor.Post(static connection => ((PortableConnection)connection!).Completed(), connection);
        };
        return receive;
    }

    private void Prepare()
    {
        try
        {
            _socket.Blocking = false;
            _socket.NoDelay = true;
        }
        catch (SocketException)
        {
            // Some systems refuse options on a connection that was reset meanwhile; the first receive tells.
        }
    }

    private void Completed()
    {
        if (IsClosed)
        {
            return;
        }

        var hasFailed = _receive.SocketError != SocketError.Success;
        if (_connecting)
        {
            _connecting = false;
            _receive.RemoteEndPoint = null;
            _failed = hasFailed;
            if (hasFailed)
            {
                ConnectFault = new SocketException((int)_receive.SocketError).Message;
            }
            else
            {
                ReceiveNothing();
            }
        }
        else
        {
            LookAhead(hasFailed);
        }

        _connectedSignal.Pulse();
        if (_readable || HasFailed)
        {
            _readableSignal.Pulse();
        }
    }

    /// <summary>Lets a receive of no bytes wait for more; it ends at once if more is there already.</summary>
    private void ReceiveNothing()
    {
        _readable = false;
        if (!_socket.ReceiveAsync(_receive))
        {
            LookAhead(_receive.SocketError != SocketError.Success);
        }
    }

    private void LookAhead(bool hasFailed)
    {
        Span<byte> one = stackalloc byte[1];
        var error = SocketError.Success;
        var count = hasFailed ? 0 : _socket.Receive(one, SocketFlags.Peek, out error);
        if (error is SocketError.WouldBlock or SocketError.IOPending)
        {
            ReceiveNothing();
            return;
        }

        _readable = true;
        _failed |= hasFailed || error != SocketError.Success;
        if (count == 0)
        {
            // Told in a turn of its own: the callback may close us, and somebody may be receiving right now.
            _reactor.Post(static connection => ((PortableConnection)connection!).TellPeerLeft(), this);
        }
    }

    private void TellPeerLeft()
    {
        if (!IsClosed && !PeerHasLeft)
        {
            NotePeerLeft();
        }
    }

    private int Emptied()
    {
        ReceiveNothing();
        return WouldBlock;
    }

    private int Fail()
    {
        _failed = true;
        return Lost;
    }
}
