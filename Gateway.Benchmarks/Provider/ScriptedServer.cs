using System.Net;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Benchmarks.Provider;

/// <summary>The scripted provider on a port of this machine, on the product's own reactors and wire.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private const int MostConnections = 20_000;

    private readonly ReactorSet _reactors;

    /// <summary>Listens.</summary>
    /// <param name="port">TCP port on 127.0.0.1; 0 for any free one.</param>
    /// <param name="threads">Reactors.</param>
    /// <param name="behaviour">What it says, and what goes wrong.</param>
    /// <param name="certificate">For a second port that speaks TLS; null for none.</param>
    public ScriptedServer(int port, int threads, ProviderBehaviour behaviour, SelfSigned? certificate = null)
    {
        _reactors = new ReactorSet(TransportKind.Auto, threads, TimeProvider.System);
        var book = new AnswerBook(behaviour.Recording);
        var limits = new ServerLimits();
        var servers = _reactors.Reactors
            .Select(reactor => new HttpServer(reactor, limits, new ScriptedHandler(reactor, book, behaviour, Counts))).ToArray();
        EndPoint = _reactors.Listen(
            new IPEndPoint(IPAddress.Loopback, port), new ConnectionGate(MostConnections), (index, connection) => servers[index].Serve(connection));
        TlsEndPoint = certificate is null ? null : _reactors.Listen(
            new IPEndPoint(IPAddress.Loopback, 0), new ConnectionGate(MostConnections), (index, connection) => _ = SecureAsync(servers[index], connection, certificate));
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Where it listens for TLS; null for nowhere.</summary>
    public IPEndPoint? TlsEndPoint { get; }

    /// <summary>What it has done.</summary>
    public ProviderCounts Counts { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _reactors.Dispose();

    private static async Task SecureAsync(HttpServer server, Connection connection, SelfSigned certificate)
    {
        var secure = new TlsConnection(connection, certificate);
        if (await secure.ConnectedAsync())
        {
            server.Serve(secure);
        }
        else
        {
            secure.Close(reset: true);
        }
    }
}
