using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Http.Sockets;

/// <summary>A non-blocking socket: the system call is tried first, epoll only tells when to try again.</summary>
internal sealed class EpollConnection : Connection, IEpollTarget
{
    private const int ShutdownWrite = 1;

    private readonly EpollReactor _reactor;
    private readonly ConnectionGate? _gate;
    private readonly ReactorSignal _readableSignal = new();
    private readonly ReactorSignal _writableSignal = new();
    private IPEndPoint? _remote;
    private readonly int _fd;
    private readonly ulong _cookie;
    private bool _readable;
    private bool _failed;
    private bool _connecting;

    private EpollConnection(EpollReactor reactor, int fd, ConnectionGate? gate, IPEndPoint? remote)
        : base(reactor)
    {
        _reactor = reactor;
        _fd = fd;
        _gate = gate;
        _remote = remote;
        LinuxNative.SetNoDelay(fd);
        _cookie = reactor.Register(fd, this, out var errno);
        NoteConnectError(errno);
    }

    public override IPEndPoint? RemoteEndPoint => _remote ??= IsClosed ? null : SocketAddresses.RemoteEndPoint(_fd);

    public override bool IsReadable => _readable || PeerHasLeft || _failed;

    // A send may hear that the peer has cut before any event tells of what the peer sent first.
    private bool MayReceive => (_readable || _failed) && !IsClosed;

    public static EpollConnection Accept(EpollReactor reactor, int fd, ConnectionGate gate) => new(reactor, fd, gate, null);

    public static EpollConnection Connect(EpollReactor reactor, IPEndPoint endPoint)
    {
        var fd = LinuxNative.CreateSocket(SocketAddresses.FamilyOf(endPoint));
        if (fd < 0)
        {
            throw new SocketException(LinuxNative.Errno);
        }

        // Registered only after the call: an unconnected socket reports a hang-up.
        var result = SocketAddresses.Connect(fd, endPoint);
        var errno = result < 0 ? LinuxNative.Errno : 0;
        var connection = new EpollConnection(reactor, fd, null, endPoint);
        connection._connecting = errno == LinuxNative.EINPROGRESS && !connection._failed;
        if (errno is not (0 or LinuxNative.EINPROGRESS))
        {
            connection.NoteConnectError(errno);
        }

        return connection;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public override async ValueTask<bool> ConnectedAsync()
    {
        while (_connecting && !IsClosed)
        {
            await _writableSignal.WaitAsync();
        }

        return !_failed && !IsClosed;
    }

    public override int TryReceive(Memory<byte> buffer) => TryReceive(buffer.Span);

    internal int TryReceive(Span<byte> buffer) =>
        MayReceive ? Received(SocketCalls.Receive(_fd, buffer), buffer.Length) : NothingReceived();

    internal override int TryReceive(ReadOnlySpan<Block> blocks)
    {
        if (!MayReceive)
        {
            return NothingReceived();
        }

        return Received(SocketCalls.ReceiveScattered(_fd, blocks, out var capacity), capacity);
    }

    public override ValueTask WaitReadableAsync() =>
        _readable || _failed || IsClosed ? default : _readableSignal.WaitAsync();

    public override void WakeReader() => _readableSignal.Pulse();

    public override ValueTask<bool> SendAsync(SendQueue queue)
    {
        while (!queue.IsEmpty)
        {
            var sent = Send(queue);
            if (sent > 0)
            {
                queue.Sent(sent);
            }
            else if (sent == WouldBlock)
            {
                return SendRestAsync(queue);
            }
            else
            {
                return new ValueTask<bool>(false);
            }
        }

        return new ValueTask<bool>(true);
    }

    public override void ShutdownSend()
    {
        if (!IsClosed)
        {
            _ = LinuxNative.shutdown(_fd, ShutdownWrite);
        }
    }

    public override void Close(bool reset = false)
    {
        if (IsClosed)
        {
            return;
        }

        IsClosed = true;
        _reactor.Unregister(_fd, _cookie);
        if (reset)
        {
            LinuxNative.ResetOnClose(_fd);
        }

        _ = LinuxNative.close(_fd);
        _gate?.Leave();
        WatchPeer(null, null);
        _readableSignal.Pulse();
        _writableSignal.Pulse();
    }

    public void OnEvents(uint events)
    {
        if (_connecting)
        {
            _connecting = false;
            NoteConnectError(LinuxNative.PendingError(_fd));
        }
        else if ((events & LinuxNative.EPOLLERR) != 0)
        {
            _failed = true;
        }

        if ((events & (LinuxNative.EPOLLIN | LinuxNative.EPOLLRDHUP | LinuxNative.EPOLLHUP | LinuxNative.EPOLLERR)) != 0)
        {
            _readable = true;
        }

        if ((events & (LinuxNative.EPOLLRDHUP | LinuxNative.EPOLLHUP | LinuxNative.EPOLLERR)) != 0 && !PeerHasLeft)
        {
            NotePeerLeft();
        }

        // A callback may have closed the connection; its waiters were woken then.
        if ((events & (LinuxNative.EPOLLOUT | LinuxNative.EPOLLHUP | LinuxNative.EPOLLERR)) != 0)
        {
            _writableSignal.Pulse();
        }

        if (_readable)
        {
            _readableSignal.Pulse();
        }
    }

    private void NoteConnectError(int errno)
    {
        _failed = errno != 0;
        ConnectFault = _failed ? Marshal.GetPInvokeErrorMessage(errno) : "";
    }

    private int NothingReceived() => IsClosed ? Lost : WouldBlock;

    private int Received(nint count, int capacity)
    {
        if (count > 0)
        {
            // Edge-triggered: a short read has emptied the socket, and whatever comes next brings a new event.
            // With FIN on its way there is no further event, so the next receive must be tried.
            _readable = count == capacity || PeerHasLeft;
            return (int)count;
        }

        if (count == 0)
        {
            // The kernel tells an error once; if a send has heard it, the receive only sees an end.
            return _failed ? Lost : EndOfStream;
        }

        var errno = LinuxNative.Errno;
        if (errno == LinuxNative.EAGAIN)
        {
            _readable = false;
            return _failed ? Lost : WouldBlock;
        }

        if (errno == LinuxNative.EINTR)
        {
            return WouldBlock;
        }

        _failed = true;
        return Lost;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> SendRestAsync(SendQueue queue)
    {
        while (!queue.IsEmpty)
        {
            await _writableSignal.WaitAsync();
            if (!TrySendMore(queue))
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySendMore(SendQueue queue)
    {
        while (!queue.IsEmpty)
        {
            var sent = Send(queue);
            if (sent <= 0)
            {
                return sent == WouldBlock;
            }

            queue.Sent(sent);
        }

        return true;
    }

    private int Send(SendQueue queue)
    {
        if (IsClosed || _failed)
        {
            return Lost;
        }

        while (true)
        {
            var sent = SocketCalls.Send(_fd, queue.Slices);
            if (sent >= 0)
            {
                return (int)sent;
            }

            switch (LinuxNative.Errno)
            {
                case LinuxNative.EAGAIN:
                    return WouldBlock;
                case LinuxNative.EINTR:
                    break;
                default:
                    _failed = true;
                    return Lost;
            }
        }
    }
}
