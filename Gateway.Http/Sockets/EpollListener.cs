using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>Accepts for one epoll reactor: from a socket of its own, where the kernel spreads connections over those that share the
/// port, or from one that was inherited and serves all reactors.</summary>
internal sealed class EpollListener : Listener, IEpollTarget
{
    private const int Backlog = 4096;
    private const int AcceptsPerEvent = 64;
    private const int PauseMs = 100;

    private readonly EpollReactor _reactor;
    private readonly ConnectionGate _gate;
    private readonly Action<Connection> _accepted;
    private readonly Deadline _resume;
    private readonly (SharedListeners Sockets, Socket Socket)? _shared;
    private int _fd;
    private ulong _cookie;
    private bool _registered;

    /// <summary>Opens a socket of its own.</summary>
    public EpollListener(EpollReactor reactor, IPEndPoint endPoint, ConnectionGate gate, Action<Connection> accepted)
        : this(reactor, Open(endPoint, out var bound), bound, gate, accepted)
    {
    }

    /// <summary>Accepts from a socket together with others.</summary>
    public EpollListener(EpollReactor reactor, SharedListeners sockets, Socket socket, ConnectionGate gate, Action<Connection> accepted)
        : this(reactor, (int)sockets.Join(socket).Handle, socket.LocalEndPoint!, gate, accepted) =>
        _shared = (sockets, socket);

    private EpollListener(EpollReactor reactor, int fd, EndPoint address, ConnectionGate gate, Action<Connection> accepted)
    {
        _reactor = reactor;
        _gate = gate;
        _accepted = accepted;
        _resume = new Deadline(reactor, static listener => ((EpollListener)listener).Register(), this);
        _fd = fd;
        Address = address;
        LimitUnsent();
    }

    public override EndPoint Address { get; }

    internal override int Descriptor => _fd;

    public override void Close()
    {
        if (_fd < 0)
        {
            return;
        }

        AcceptWaiting(int.MaxValue);
        _resume.Discard();
        Unregister();
        if (_shared is { } shared)
        {
            shared.Sockets.Close(shared.Socket);
        }
        else
        {
            _ = LinuxNative.close(_fd);
        }

        _fd = -1;
    }

    /// <summary>Begins to accept.</summary>
    public EpollListener Start()
    {
        _reactor.Post(static listener => ((EpollListener)listener!).Register(), this);
        return this;
    }

    public void OnEvents(uint events)
    {
        if (_gate.IsClosed)
        {
            Pause();
            return;
        }

        if (_shared is null)
        {
            AcceptWaiting(AcceptsPerEvent);
            return;
        }

        // The kernel wakes the first in line. Who took one goes to its end, or a quiet hour's connections would all be his.
        AcceptWaiting(1);
        if (_registered)
        {
            Unregister();
            Register();
        }
    }

    private static int Open(IPEndPoint endPoint, out EndPoint bound)
    {
        var fd = LinuxNative.CreateSocket(SocketAddresses.FamilyOf(endPoint));
        if (fd < 0)
        {
            throw new SocketException(LinuxNative.Errno);
        }

        // Port sharing is for our own reactors: that nobody else has the port is checked before, by PortProbe.
        _ = LinuxNative.AllowAddressReuse(fd);
        _ = LinuxNative.AllowPortSharing(fd);
        if (SocketAddresses.Bind(fd, endPoint) < 0 || LinuxNative.listen(fd, Backlog) < 0)
        {
            var errno = LinuxNative.Errno;
            _ = LinuxNative.close(fd);
            throw new SocketException(errno);
        }

        bound = SocketAddresses.LocalEndPoint(fd, endPoint);
        return fd;
    }

    private void Register()
    {
        if (_fd >= 0 && !_registered)
        {
            _registered = true;
            _cookie = _shared is null ? _reactor.RegisterListener(_fd, this, out var errno) : _reactor.RegisterSharedListener(_fd, this, out errno);
            if (errno != 0)
            {
                Pause();
            }
        }
    }

    private void Unregister()
    {
        if (_registered)
        {
            _registered = false;
            _reactor.Unregister(_fd, _cookie);
        }
    }

    private void AcceptWaiting(int most)
    {
        while (most-- > 0)
        {
            var fd = LinuxNative.Accept(_fd);
            if (fd < 0)
            {
                PauseIfExhausted(LinuxNative.Errno);
                return;
            }

            if (!_gate.TryEnter())
            {
                LinuxNative.ResetOnClose(fd);
                _ = LinuxNative.close(fd);
                continue;
            }

            _accepted(EpollConnection.Accept(_reactor, fd, _gate));
        }
    }

    // Out of descriptors or memory the listener would stay readable and spin: look again a little later instead.
    private void PauseIfExhausted(int errno)
    {
        if (errno is LinuxNative.EMFILE or LinuxNative.ENFILE or LinuxNative.ENOBUFS or LinuxNative.ENOMEM)
        {
            Pause();
        }
    }

    private void Pause()
    {
        Unregister();
        _resume.Start(PauseMs);
    }
}
