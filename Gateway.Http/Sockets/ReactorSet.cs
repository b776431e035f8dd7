using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Gateway.Http.Sockets;

/// <summary>All reactors of the process: one per core, each with its own listening sockets.</summary>
public sealed class ReactorSet : IDisposable
{
    private readonly List<Listener> _listeners = [];
    private readonly Reactor[] _reactors;

    /// <summary>Makes and starts the reactors.</summary>
    /// <param name="kind">How to talk to the kernel.</param>
    /// <param name="count">How many; 0 for one per core.</param>
    /// <param name="time">The clock.</param>
    public ReactorSet(TransportKind kind, int count, TimeProvider time)
    {
        Kind = kind == TransportKind.Auto ? BestKind() : kind;
        _reactors = new Reactor[count > 0 ? count : Environment.ProcessorCount];
        for (var i = 0; i < _reactors.Length; i++)
        {
            _reactors[i] = Kind == TransportKind.Epoll ? new EpollReactor($"reactor {i}", time) : new PortableReactor($"reactor {i}", time);
            _reactors[i].Start();
        }
    }

    /// <summary>The kind that was chosen.</summary>
    public TransportKind Kind { get; }

    /// <summary>The reactors.</summary>
    public IReadOnlyList<Reactor> Reactors => _reactors;

    /// <summary>Opens one port on every reactor; <paramref name="accepted"/> gets the reactor's index and each connection, on its thread.</summary>
    /// <returns>The address that was bound.</returns>
    /// <exception cref="SocketException">The address can't be had.</exception>
    public IPEndPoint Listen(IPEndPoint endPoint, ConnectionGate gate, Action<int, Connection> accepted)
    {
        ProbePort(endPoint);
        for (var i = 0; i < _reactors.Length; i++)
        {
            var index = i;
            var listener = _reactors[i].Listen(endPoint, gate, connection => accepted(index, connection));
            _listeners.Add(listener);
            endPoint = listener.EndPoint;
        }

        return endPoint;
    }

    /// <summary>Closes the listening sockets, after what waits in their queues was accepted.</summary>
    public async Task StopListeningAsync()
    {
        var closed = _listeners.Select((listener, i) =>
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _reactors[i % _reactors.Length].Post(
                _ =>
                {
                    listener.Close();
                    done.SetResult();
                },
                null);
            return done.Task;
        });
        await Task.WhenAll([.. closed]).ConfigureAwait(false);
        _listeners.Clear();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var reactor in _reactors)
        {
            reactor.Dispose();
        }
    }

    private static TransportKind BestKind() =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64
            ? TransportKind.Epoll
            : TransportKind.Sockets;

    // Our sockets share their port with each other, so a second gateway could take half of the connections unnoticed.
    private static void ProbePort(IPEndPoint endPoint)
    {
        if (endPoint.Port == 0)
        {
            return;
        }

        using var probe = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(endPoint);
        probe.Listen(1);
    }
}

/// <summary>How the gateway talks to the kernel.</summary>
public enum TransportKind : byte
{
    /// <summary>The best there is here.</summary>
    Auto,

    /// <summary>Own reactors on epoll; Linux.</summary>
    Epoll,

    /// <summary>System.Net.Sockets; everywhere.</summary>
    Sockets,
}
