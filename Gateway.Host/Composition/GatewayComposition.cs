using System.Net;
using System.Net.Sockets;
using Gateway.Core.Admission;
using Gateway.Core.Configuration;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Host.Cli;
using Gateway.Host.Lifetime;
using Gateway.Host.Logging;
using Gateway.Host.Management;
using Gateway.Http.Proxying;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Host.Composition;

/// <summary>Builds the object graph by hand, and runs it until a signal says stop.</summary>
internal static class GatewayComposition
{
    /// <summary>Serves; returns the exit code.</summary>
    public static int Run(ServeOptions options)
    {
        var loaded = ConfigFile.Load(options, out var file);
        if (loaded.Errors.Count > 0)
        {
            foreach (var error in loaded.Errors)
            {
                Console.Error.WriteLine($"claude-gateway: {error}");
            }

            return ExitCodes.Configuration;
        }

        using var output = StandardOutput.Open();
        using var log = new JsonLogSink(output, LogForms.ForStandardOutput(), LevelOf(loaded.Config!.Listener), TimeProvider.System);
        var events = new GatewayEvents(log);
        Announce(loaded, file, events);
        try
        {
            return ServeAsync(loaded.Config, log, events).GetAwaiter().GetResult();
        }
        catch (SocketException exception)
        {
            var listener = loaded.Config.Listener;
            Console.Error.WriteLine($"claude-gateway: cannot listen on {new IPEndPoint(listener.BindAddress, listener.Port)}: {exception.Message}");
            return ExitCodes.Failure;
        }
    }

    private static async Task<int> ServeAsync(GatewayConfig config, ILogSink log, GatewayEvents events)
    {
        using var signals = new StopSignals();
        using var reactors = new ReactorSet(TransportOf(config.Listener), config.Listener.Reactors, TimeProvider.System);
        var servers = BuildServers(config, LimitsOf(config.Listener), reactors, log, events);
        var gate = new ConnectionGate(config.Listener.MaxConnections);
        var endPoint = reactors.Listen(
            new IPEndPoint(config.Listener.BindAddress, config.Listener.Port), gate, (index, connection) => servers[index].Serve(connection));
        events.Started(ProductVersion.Text, reactors.Kind.ToString(), reactors.Reactors.Count);
        events.Listening(endPoint.ToString());

        var reason = await signals.Stop.ConfigureAwait(false);
        var drain = new GracefulDrain(servers, reactors, events);
        await drain.RunAsync(reason, TimeSpan.FromSeconds(config.Listener.DrainSeconds), signals.StopNow).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    /// <summary>The servers of all reactors, complete but for a port.</summary>
    internal static HttpServer[] BuildServers(GatewayConfig config, ServerLimits limits, ReactorSet reactors, ILogSink log, GatewayEvents events)
    {
        var time = TimeProvider.System;
        var snapshots = new SnapshotHolder(new GatewaySnapshot(config));
        var counters = new GatewayCounters(reactors.Reactors.Count);
        var services = new GatewayServices(
            snapshots, counters, log, events, limits.Http, new DnsCache(time), new HealthPages(snapshots, counters, time), new LoadState());
        return [.. reactors.Reactors.Select((reactor, index) => new HttpServer(reactor, limits, new GatewayHandler(reactor, index, services)))];
    }

    private static void Announce(ConfigResult loaded, string file, GatewayEvents events)
    {
        events.ConfigLoaded(file, loaded.Config!.Providers.Count(provider => provider.Enabled));
        foreach (var warning in loaded.Warnings)
        {
            events.ConfigWarning(file, warning);
        }

        foreach (var (provider, reason) in loaded.SwitchedOff)
        {
            events.ProviderDisabled(provider, reason);
        }
    }

    /// <summary>The client side's sizes and clocks, from whole units to bytes and milliseconds.</summary>
    internal static ServerLimits LimitsOf(ListenerConfig config) => new()
    {
        Http = new HttpLimits
        {
            MaxHeadBytes = config.MaxHeadKb * 1024,
            MaxFields = config.MaxHeaderCount,
            MaxBodyBytes = config.MaxRequestSizeMb * 1024L * 1024L,
        },
        HeadTimeoutMs = config.HeadTimeoutSeconds * 1000,
        KeepAliveMs = config.KeepAliveSeconds * 1000,
        BodyBytesPerSecond = config.MinBodyBytesPerSecond,
        BodyGraceMs = config.MinBodyGraceSeconds * 1000,
        WriteStallMs = config.WriteStallSeconds * 1000,
    };

    private static TransportKind TransportOf(ListenerConfig config) => config.Transport switch
    {
        "epoll" => TransportKind.Epoll,
        "sockets" => TransportKind.Sockets,
        _ => TransportKind.Auto,
    };

    private static LogLevel LevelOf(ListenerConfig config) =>
        LogLevels.TryParse(config.LogLevel, out var level) ? level : LogLevel.Info;
}
