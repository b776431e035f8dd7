using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Gateway.Http.Sockets;

/// <summary>All reactors of the process: one per core, each with its own listening sockets where the system allows it.</summary>
public sealed class ReactorSet : IDisposable
{
    private readonly List<(Reactor Reactor, Listener Listener)> _listeners = [];
    private readonly Reactor[] _reactors;

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

        var listeners = new SharedListeners();
        _reactors = new Reactor[count > 0 ? count : Environment.ProcessorCount];
        for (var i = 0; i < _reactors.Length; i++)
        {
            _reactors[i] = Kind == TransportKind.Epoll
                ? new EpollReactor($"reactor {i}", time)
                : new PortableReactor($"reactor {i}", time, listeners);
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
    /// <returns>The address that was bound.</returns>
    /// <exception cref="SocketException">The address can't be had.</exception>
    public IPEndPoint Listen(IPEndPoint endPoint, ConnectionGate gate, Action<int, Connection> accepted)
    {
        PortProbe.Check(endPoint);
        for (var i = 0; i < _reactors.Length; i++)
        {
            var index = i;
            var listener = _reactors[i].Listen(endPoint, gate, connection => accepted(index, connection));
            _listeners.Add((_reactors[i], listener));
            endPoint = listener.EndPoint;
        }

        return endPoint;
    }

    /// <summary>Closes the listening sockets, after what waits in their queues was accepted.</summary>
    public async Task StopListeningAsync()
    {
        var closing = new List<Task>(_listeners.Count);
        foreach (var (reactor, listener) in _listeners)
        {
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            reactor.Post(
                _ =>
                {
                    listener.Close();
                    closed.SetResult();
                },
                null);
            closing.Add(closed.Task);
        }

        _listeners.Clear();
        await Task.WhenAll(closing);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var reactor in _reactors)
        {
            reactor.Dispose();
        }
    }
}
