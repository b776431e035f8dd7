using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>A reactor over System.Net.Sockets: what completes elsewhere is posted to its thread and handled there.</summary>
/// <remarks>For macOS and Windows, or where epoll is not wanted; each event costs a hop from the runtime's threads.</remarks>
internal sealed class PortableReactor : Reactor
{
    // Never disposed: an operation that ends late still posts to a loop that is gone.
    private readonly AutoResetEvent _posted = new(initialState: false);
    private readonly SharedListeners _listeners;

    public PortableReactor(string name, TimeProvider time)
        : this(name, time, new SharedListeners())
    {
    }

    /// <summary>One of several reactors; those with the same <paramref name="listeners"/> accept from the same sockets.</summary>
    public PortableReactor(string name, TimeProvider time, SharedListeners listeners)
        : base(name, time) => _listeners = listeners;

    public override Listener Listen(IPEndPoint endPoint, ConnectionGate gate, Action<Connection> accepted) =>
        new PortableListener(this, _listeners, _listeners.Open(endPoint), gate, accepted);

    internal override Listener Adopt(SharedListeners sockets, Socket socket, ConnectionGate gate, Action<Connection> accepted) =>
        new PortableListener(this, sockets, sockets.Join(socket), gate, accepted);

    public override Connection Connect(IPEndPoint endPoint) => PortableConnection.Connect(this, endPoint);

    private protected override void Poll(int timeoutMs)
    {
        _ = _posted.WaitOne(timeoutMs);
        Timers.ReadClock();
    }

    private protected override void Wake() => _posted.Set();

    private protected override void Release()
    {
    }
}
