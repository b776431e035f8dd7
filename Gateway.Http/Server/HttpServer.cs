using System.Runtime.CompilerServices;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Server;

/// <summary>The client connections of one reactor.</summary>
/// <remarks>Belongs to its reactor's thread, except <see cref="OpenConnections"/>, <see cref="DrainAsync"/>, <see cref="GiveUp"/> and <see cref="Abort"/>.</remarks>
public sealed class HttpServer(Reactor reactor, ServerLimits limits, IRequestHandler handler)
{
    private readonly HashSet<ClientConnection> _connections = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;

    /// <summary>Connections open now; any thread.</summary>
    public int OpenConnections => Volatile.Read(ref _open);

    internal IRequestHandler Handler { get; } = handler;

    internal ServerLimits Limits { get; } = limits;

    internal DateHeader Date { get; } = new();

    internal FieldMemory Fields { get; } = new();

    internal bool IsDraining { get; private set; }

    /// <summary>A connection without a request is closed after so many milliseconds: as configured, sooner when memory is short.</summary>
    internal int KeepAliveMs { get; private set; } = limits.KeepAliveMs;

    /// <summary>Takes over an accepted connection; on the reactor's thread.</summary>
    public void Serve(Connection connection)
    {
        var client = new ClientConnection(this, connection);
        _connections.Add(client);
        Volatile.Write(ref _open, _connections.Count);
        _ = ObserveAsync(client.RunAsync());
    }

    /// <summary>Takes over a connection after its handshake, which may take as long as a request's head; on the reactor's thread.</summary>
    public void ServeSecure(Connection connection) => _ = ObserveAsync(ShakeHandsAsync(connection));

    /// <summary>Takes no further requests: idle connections end now, busy ones after their response. Ends when all are gone; any thread.</summary>
    public Task DrainAsync()
    {
        reactor.Post(static server => ((HttpServer)server!).BeginDrain(), this);
        return _drained.Task;
    }

    /// <summary>Memory is short, or no longer: blocks above a floor give theirs back, idle connections sooner, or not; any thread.</summary>
    /// <param name="isShort">It is.</param>
    /// <param name="idleMs">From the configured milliseconds that an idle connection is kept to those from now on.</param>
    public void Shrink(bool isShort, Func<int, int> idleMs)
    {
        var keepAliveMs = idleMs(Limits.KeepAliveMs);
        reactor.Post(_ => ShrinkTo(isShort, keepAliveMs), this);
    }

    /// <summary>Gives up the answers under way: their clients are told as far as they can be; any thread.</summary>
    public void GiveUp() => reactor.Post(static server => ((HttpServer)server!).GiveUpAll(), this);

    /// <summary>Resets every connection; any thread.</summary>
    public void Abort() => reactor.Post(static server => ((HttpServer)server!).AbortAll(), this);

    internal void Forget(ClientConnection client)
    {
        _connections.Remove(client);
        Volatile.Write(ref _open, _connections.Count);
        if (IsDraining && _connections.Count == 0)
        {
            _drained.TrySetResult();
        }
    }

    // The loop of a connection ends in its own catch-all; what still comes out is a bug and must not be lost.
    private static async Task ObserveAsync(ValueTask running)
    {
        try
        {
            await running;
        }
        catch (OutOfMemoryException)
        {
            // The connection has been closed on the way here, which is all that can be done, and the others live on.
        }
        catch (Exception exception)
        {
            Environment.FailFast("A client connection ended in an unhandled exception.", exception);
        }
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask ShakeHandsAsync(Connection connection)
    {
        var deadline = new Deadline(reactor, static connection => ((Connection)connection).Close(reset: true), connection);
        deadline.Start(Limits.HeadTimeoutMs);
        var isSecure = await connection.ConnectedAsync();
        deadline.Discard();
        if (isSecure)
        {
            Serve(connection);
        }
        else
        {
            connection.Close();
        }
    }

    private void BeginDrain()
    {
        IsDraining = true;
        foreach (var client in _connections.ToArray())
        {
            client.Drain();
        }

        if (_connections.Count == 0)
        {
            _drained.TrySetResult();
        }
    }

    private void ShrinkTo(bool isShort, int keepAliveMs)
    {
        reactor.Blocks.SetShort(isShort);
        KeepAliveMs = keepAliveMs;
        foreach (var client in _connections)
        {
            client.Hasten(keepAliveMs);
        }
    }

    private void GiveUpAll()
    {
        foreach (var client in _connections.ToArray())
        {
            client.GiveUp();
        }
    }

    private void AbortAll()
    {
        foreach (var client in _connections.ToArray())
        {
            client.Abort();
        }
    }
}
