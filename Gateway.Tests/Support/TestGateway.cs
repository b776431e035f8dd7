using System.Net;
using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;
using Gateway.Host.Composition;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Tests.Support;

/// <summary>The whole gateway in this process, on a free port. When it goes, nothing it borrowed may be missing.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly GatewayRuntime _runtime;
    private readonly IReadOnlyList<HttpServer> _servers;
    private readonly ConnectionGate _gate;

    /// <summary>Serves a configuration, given as the text of its file.</summary>
    public TestGateway(
        TransportKind kind, string config, Func<ServerLimits, ServerLimits>? limits = null, int reactors = 2, TimeProvider? time = null,
        string? stateDirectory = null, IPEndPoint? at = null)
    {
        var read = ConfigReader.Read(Encoding.UTF8.GetBytes(config), new ConfigSource(_ => null, OthersCanRead: false));
        Assert.That(read.Errors, Is.Empty, "the configuration is sound");
        var listener = read.Config!.Listener with { HostNames = [.. read.Config.Listener.HostNames, "gateway", "a", "g"] };
        read.Config = read.Config with { Listener = listener };
        Reactors = new ReactorSet(kind, reactors, time ?? TimeProvider.System);
        Limits = GatewayComposition.LimitsOf(listener) with { DrainGraceMs = 0 };
        Limits = limits is null ? Limits : limits(Limits);
        _runtime = new GatewayRuntime(read.Config, Limits, Reactors, Log, new GatewayEvents(Log), stateDirectory);
        _servers = _runtime.Servers;
        _gate = _runtime.Gate;
        EndPoint = Reactors.Listen(at ?? new IPEndPoint(IPAddress.Loopback, 0), _gate, (index, connection) => _servers[index].Serve(connection));
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Its threads.</summary>
    public ReactorSet Reactors { get; }

    /// <summary>Its limits.</summary>
    public ServerLimits Limits { get; }

    /// <summary>What it logged.</summary>
    public RecordingLogSink Log { get; } = new();

    /// <summary>Before one provider named "scripted", which answers by default.</summary>
    public static TestGateway Before(ScriptedProvider provider, TransportKind kind, Func<ServerLimits, ServerLimits>? limits = null, int reactors = 2) =>
        new(kind, ConfigFor(provider), limits, reactors);

    /// <summary>The text of a configuration with one provider; more of the provider's members go in <paramref name="members"/>.</summary>
    public static string ConfigFor(ScriptedProvider provider, string members = "\"api_key\": \"the-providers-key\"", string listener = "") => $$"""
        {
          "claude_gateway": { "request_logging": true {{(listener.Length > 0 ? "," + listener : "")}} },
          "default_provider": "scripted",
          "providers": { "scripted": { "base_url": "{{provider.Url}}", {{members}} } },
          "passthrough": [ { "prefix": "/raw", "base_url": "{{provider.Url}}", "strip_prefix": true } ]
        }
        """;

    /// <summary>A client of it.</summary>
    public Task<RawClient> ConnectAsync(int? receiveBufferBytes = null) => RawClient.ConnectAsync(EndPoint, receiveBufferBytes);

    /// <summary>Blocks on loan right now, all reactors together.</summary>
    public async Task<int> CountRentedBlocksAsync()
    {
        var counts = Reactors.Reactors.Select(reactor =>
        {
            var count = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            reactor.Post(_ => count.SetResult(reactor.Blocks.RentedBlocks), null);
            return count.Task.Soon();
        });
        return (await Task.WhenAll(counts)).Sum();
    }

    /// <summary>Waits until no more than so many blocks are on loan.</summary>
    public async Task HoldsAtMostAsync(int blocks)
    {
        int rented;
        for (var clock = TimeProvider.System.GetTimestamp(); (rented = await CountRentedBlocksAsync()) > blocks;)
        {
            Assert.That(TimeProvider.System.GetElapsedTime(clock), Is.LessThan(TimeSpan.FromSeconds(20)), $"{rented} blocks on loan");
        }
    }

    /// <summary>Waits until so many client connections were accepted and all are gone again.</summary>
    public async Task ServedAsync(long connections)
    {
        for (var clock = TimeProvider.System.GetTimestamp(); _gate.Accepted < connections || _gate.Open > 0;)
        {
            Assert.That(TimeProvider.System.GetElapsedTime(clock), Is.LessThan(TimeSpan.FromSeconds(20)), "connections that should have ended");
            _ = await CountRentedBlocksAsync();
        }
    }

    /// <summary>Memory is short: idle connections are kept for so many milliseconds.</summary>
    public void Shrink(Func<int, int> idleMs)
    {
        foreach (var server in _servers)
        {
            server.Shrink(isShort: true, idleMs);
        }
    }

    /// <summary>Ends all idle connections and waits for the busy ones.</summary>
    public Task DrainAsync() => Task.WhenAll(_servers.Select(server => server.DrainAsync())).Soon();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await DrainAsync();
            Assert.That(await CountRentedBlocksAsync(), Is.Zero, "blocks that did not come back");
            Assert.That(Limits.Room.Taken, Is.Zero, "room that was not given back");
            Assert.That(Log.Lines, Has.None.Contain("\"unexpected\""), "a bug surfaced");
        }
        finally
        {
            _runtime.Dispose();
            Reactors.Dispose();
        }
    }
}
