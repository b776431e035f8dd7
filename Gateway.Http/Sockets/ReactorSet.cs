using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Http.Sockets;

/// <summary>All reactors of the process: one per core, each with its own listening sockets where the system allows it.</summary>
public sealed class ReactorSet : IDisposable
{
    private readonly SharedListeners _sockets = new();
    private readonly OwnAddresses _own = new();
    private readonly Reactor[] _reactors;
    private List<(Reactor Reactor, Listener Listener, bool ClosesLast)> _listeners = [];

    /// <summary>Makes and starts the reactors.</summary>
    /// <param name="kind">How to talk to the kernel.</param>
    /// <param name="count">How many; 0 for one per core.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="PlatformNotSupportedException">Epoll was asked for where there is none.</exception>
    public ReactorSet(TransportKind kind, int count, TimeProvider time)
    {
        Kind = kind == TransportKind.Auto ? Best : kind;
        if (Kind == TransportKind.Epoll && Best != TransportKind.Epoll)
        {
            throw new PlatformNotSupportedException("The epoll transport needs Linux on x64 or arm64.");
        }

        _reactors = new Reactor[count > 0 ? count : Environment.ProcessorCount];
        for (var i = 0; i < _reactors.Length; i++)
        {
            _reactors[i] = Kind == TransportKind.Epoll
                ? new EpollReactor($"reactor {i}", time) { Own = _own }
                : new PortableReactor($"reactor {i}", time, _sockets) { Own = _own };
            _reactors[i].Start();
        }
    }

    /// <summary>The kind that was chosen.</summary>
    public TransportKind Kind { get; }

    /// <summary>The reactors.</summary>
    public IReadOnlyList<Reactor> Reactors => _reactors;

    private static TransportKind Best =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64
            ? TransportKind.Epoll
            : TransportKind.Sockets;

    /// <summary>
    /// Opens one port on every reactor; <paramref name="accepted"/> gets the reactor's index and each connection, on its thread.
    /// Port 0 is chosen once and is the same for all.
    /// </summary>
    /// <param name="endPoint">The address.</param>
    /// <param name="gate">How many connections there may be.</param>
    /// <param name="accepted">Takes them.</param>
    /// <param name="closesLast">It is left open by <see cref="StopListeningAsync"/> until the last call.</param>
    /// <returns>The address that was bound.</returns>
    /// <exception cref="SocketException">The address can't be had.</exception>
    public IPEndPoint Listen(IPEndPoint endPoint, ConnectionGate gate, Action<int, Connection> accepted, bool closesLast = false)
    {
        PortProbe.Check(endPoint);
        for (var i = 0; i < _reactors.Length; i++)
        {
            var index = i;
            var listener = _reactors[i].Listen(endPoint, gate, connection => accepted(index, connection));
            _listeners.Add((_reactors[i], listener, closesLast));
            endPoint = (IPEndPoint)listener.Address;
        }

        _own.Add(endPoint);
        return endPoint;
    }

    /// <summary>Accepts on every reactor from sockets that listen already, and takes them over.</summary>
    public void Adopt(IReadOnlyList<Socket> sockets, ConnectionGate gate, Action<int, Connection> accepted, bool closesLast = false)
    {
        foreach (var socket in sockets)
        {
            _own.Add(socket.LocalEndPoint);
            for (var i = 0; i < _reactors.Length; i++)
            {
                var index = i;
                _listeners.Add((_reactors[i], _reactors[i].Adopt(_sockets, socket, gate, connection => accepted(index, connection)), closesLast));
            }
        }
    }

    /// <summary>Doubles of the listening sockets that a process started now will have; whoever starts it closes them afterwards.</summary>
    /// <remarks>Linux only: elsewhere there are none.</remarks>
    public async Task<IReadOnlyList<SafeHandle>> DuplicateListenersAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var doubles = new Dictionary<int, SafeHandle>();
        await OnEachAsync(_listeners, listener =>
        {
            lock (doubles)
            {
                if (!doubles.ContainsKey(listener.Descriptor) && LinuxNative.DuplicateForExec(listener.Descriptor) is var fd and >= 0)
                {
                    doubles.Add(listener.Descriptor, new SafeFileHandle(fd, ownsHandle: true));
                }
            }
        });
        return [.. doubles.Values];
    }

    /// <summary>Closes the listening sockets, after what waits in their queues was accepted.</summary>
    /// <param name="leavesLast">Those that close last stay open, for another call.</param>
    public async Task StopListeningAsync(bool leavesLast = false)
    {
        var closing = _listeners.FindAll(entry => !leavesLast || !entry.ClosesLast);
        _listeners = _listeners.FindAll(entry => leavesLast && entry.ClosesLast);
        await OnEachAsync(closing, static listener => listener.Close());
        if (_listeners.Count == 0)
        {
            _own.Clear();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var reactor in _reactors)
        {
            reactor.Dispose();
        }
    }

    private static Task OnEachAsync(List<(Reactor Reactor, Listener Listener, bool ClosesLast)> listeners, Action<Listener> work) => Task.WhenAll(listeners.ConvertAll(entry =>
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        entry.Reactor.Post(
            _ =>
            {
                work(entry.Listener);
                done.SetResult();
            },
            null);
        return done.Task;
    }));
}
