using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Http.Sockets;

/// <summary>A reactor on edge-triggered epoll.</summary>
internal sealed unsafe class EpollReactor : Reactor
{
    private const int EventCapacity = 256;
    private const uint ConnectionEvents =
        LinuxNative.EPOLLIN | LinuxNative.EPOLLOUT | LinuxNative.EPOLLRDHUP | LinuxNative.EPOLLET;

    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private readonly int _epoll;

    // Never closed by hand: what ends late on another thread (a lookup) still posts to a loop that is gone,
    // and the number would belong to somebody else by then.
    private readonly SafeFileHandle _wakeUp;

    private readonly void* _events;
    private IEpollTarget?[] _targets = new IEpollTarget?[64];
    private uint[] _generations = new uint[64];
    private readonly Stack<int> _freeSlots = new();
    private int _slotsUsed;

    public EpollReactor(string name, TimeProvider time)
        : base(name, time)
    {
        _epoll = LinuxNative.EpollCreate();
        if (_epoll < 0)
        {
            throw new SocketException(LinuxNative.Errno);
        }

        var wakeUp = LinuxNative.EventFd();
        if (wakeUp < 0)
        {
            var errno = LinuxNative.Errno;
            _ = LinuxNative.close(_epoll);
            throw new SocketException(errno);
        }

        _events = NativeMemory.Alloc(EventCapacity, (nuint)sizeof(LinuxNative.AlignedEvent));
        _wakeUp = new SafeFileHandle(wakeUp, ownsHandle: true);
        _ = LinuxNative.Add(_epoll, wakeUp, LinuxNative.EPOLLIN, ulong.MaxValue);
    }

    public override Listener Listen(IPEndPoint endPoint, ConnectionGate gate, Action<Connection> accepted) =>
        new EpollListener(this, endPoint, gate, accepted).Start();

    internal override Listener Adopt(SharedListeners sockets, Socket socket, ConnectionGate gate, Action<Connection> accepted) =>
        new EpollListener(this, sockets, socket, gate, accepted).Start();

    public override Connection Connect(IPEndPoint endPoint) => EpollConnection.Connect(this, endPoint);

    /// <summary>Registers a connection once, for everything, edge-triggered.</summary>
    /// <param name="fd">Its socket.</param>
    /// <param name="target">Who is told.</param>
    /// <param name="errno">0, or why nothing will ever be told; it is to be unregistered all the same.</param>
    public ulong Register(int fd, IEpollTarget target, out int errno) => Register(fd, target, ConnectionEvents, out errno);

    /// <summary>Registers a listener, level-triggered.</summary>
    public ulong RegisterListener(int fd, IEpollTarget target, out int errno) => Register(fd, target, LinuxNative.EPOLLIN, out errno);

    /// <summary>Registers a listener that others wait for too: a connection wakes the first in line who sleeps, and nobody else.</summary>
    public ulong RegisterSharedListener(int fd, IEpollTarget target, out int errno) =>
        Register(fd, target, LinuxNative.EPOLLIN | LinuxNative.EPOLLEXCLUSIVE, out errno);

    public void Unregister(int fd, ulong cookie)
    {
        _ = LinuxNative.Remove(_epoll, fd);
        var slot = (int)(uint)cookie;
        _targets[slot] = null;

        // Events of this turn that still carry the old generation are ignored, even if the slot is taken again.
        _generations[slot]++;
        _freeSlots.Push(slot);
    }

    private protected override void Poll(int timeoutMs)
    {
        var count = LinuxNative.epoll_wait(_epoll, _events, EventCapacity, timeoutMs);
        Timers.ReadClock();
        for (var i = 0; i < count; i++)
        {
            if (Packed)
            {
                var packed = (LinuxNative.PackedEvent*)_events + i;
                Dispatch(packed->Events, packed->Cookie);
            }
            else
            {
                var aligned = (LinuxNative.AlignedEvent*)_events + i;
                Dispatch(aligned->Events, aligned->Cookie);
            }
        }
    }

    private protected override void Wake()
    {
        ulong one = 1;
        _ = LinuxNative.write((int)_wakeUp.DangerousGetHandle(), &one, sizeof(ulong));
        GC.KeepAlive(this);
    }

    private protected override void Release()
    {
        _ = LinuxNative.close(_epoll);
        NativeMemory.Free(_events);
    }

    private ulong Register(int fd, IEpollTarget target, uint events, out int errno)
    {
        if (!_freeSlots.TryPop(out var slot))
        {
            slot = _slotsUsed++;
            if (slot == _targets.Length)
            {
                Array.Resize(ref _targets, slot * 2);
                Array.Resize(ref _generations, slot * 2);
            }
        }

        _targets[slot] = target;
        var cookie = ((ulong)_generations[slot] << 32) | (uint)slot;
        errno = LinuxNative.Add(_epoll, fd, events, cookie) < 0 ? LinuxNative.Errno : 0;
        return cookie;
    }

    private void Dispatch(uint events, ulong cookie)
    {
        if (cookie == ulong.MaxValue)
        {
            ulong drained;
            _ = LinuxNative.read((int)_wakeUp.DangerousGetHandle(), &drained, sizeof(ulong));
            return;
        }

        var slot = (int)(uint)cookie;
        if (_generations[slot] == (uint)(cookie >> 32))
        {
            _targets[slot]?.OnEvents(events);
        }
    }
}

/// <summary>What an epoll event belongs to.</summary>
internal interface IEpollTarget
{
    public void OnEvents(uint events);
}
