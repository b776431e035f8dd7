using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;
using Gateway.Host.Bench;
using Gateway.Host.Cli;
using Gateway.Host.Lifetime;
using Gateway.Host.Management;
using Gateway.Host.Service;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Host.Composition;

/// <summary>Builds the object graph by hand, and runs it until a signal says stop.</summary>
internal static class GatewayComposition
{
    // A body may be there three times at once, as it came, decoded or translated, and as it is sent; the last quarter is for everything else.
    private const int BodyShare = 4;

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

        using var log = ProcessLog.Open(loaded.Config!.Listener, file, out var fault);
        if (log is null)
        {
            Console.Error.WriteLine($"claude-gateway: {fault}");
            return ExitCodes.Configuration;
        }

        var feed = new LifecycleFeed(log.Sink, TimeProvider.System);
        var events = new GatewayEvents(feed);
        Announce(loaded, file, events);
        try
        {
            return ServeAsync(options, loaded.Config, file, log, feed, events).GetAwaiter().GetResult();
        }
        catch (InheritedSocketException exception)
        {
            Console.Error.WriteLine($"claude-gateway: {exception.Message}");
            return ExitCodes.Configuration;
        }
        catch (StartException exception)
        {
            Console.Error.WriteLine($"claude-gateway: {exception.Message}");
            return exception.ExitCode;
        }
    }

    private static async Task<int> ServeAsync(ServeOptions options, GatewayConfig config, string file, ProcessLog log, LifecycleFeed feed, GatewayEvents events)
    {
        using var signals = new StopSignals();
        using var hangup = new HangupSignal();
        using var reactors = new ReactorSet(TransportOf(config.Listener), config.Listener.Reactors, TimeProvider.System);
        using var service = new ServiceLink(Environment.GetEnvironmentVariable, reactors, events, TimeProvider.System);
        ConfigReload? reload = null;
        GatewayListeners? listeners = null;
        using var runtime = new GatewayRuntime(
            config,
            LimitsOf(config.Listener),
            reactors,
            log.Sink,
            events,
            StateDirectory.Open(Environment.GetEnvironmentVariable),
            snapshots => (reload = new ConfigReload(options, snapshots, events, () => reactors.Reactors[0].NowMs)
            {
                Judge = next => listeners?.Judge(next),
                Applied = next =>
                {
                    log.Apply(next.Listener);
                    listeners?.ReadCertificate(next.Listener.Secure);
                    LatencyEstimates.Apply(StateDirectory.Of(Environment.GetEnvironmentVariable), snapshots.Current, reactors.Reactors[0].NowMs);
                },
            }).Run,
            () => signals.Request("drain"));
        runtime.Status.Lifecycle = feed;
        listeners = new GatewayListeners(config, reactors, runtime, events);
        Open(listeners, service, signals, reactors, events);

        hangup.Begin(() => service.Reload(() => reload!.Run()));
        using var watch = File.Exists(file) ? new FileWatch(file, TimeProvider.System, () => reload!.Run()) : null;
        var reason = await signals.Stop.ConfigureAwait(false);
        service.Stopping(reason);
        runtime.Status.IsDraining = true;
        await DrainAsync(runtime, reactors, events, reason, signals.StopNow, isReplaced: service.IsReplaced).ConfigureAwait(false);
        if (!service.IsReplaced)
        {
            listeners.RemoveFiles();
        }

        return ExitCodes.Success;
    }

    private static Task DrainAsync(GatewayRuntime runtime, ReactorSet reactors, GatewayEvents events, string reason, Task stopNow, bool isReplaced)
    {
        var drain = new GracefulDrain(runtime.Servers, runtime.ManagementServers, reactors, events);
        var longest = TimeSpan.FromSeconds(runtime.Snapshots.Current.Config.Listener.DrainSeconds);
        return drain.RunAsync(reason, longest, stopNow, watchersStay: !isReplaced, () => runtime.Status.IsLeaving = true);
    }

    private static void Open(GatewayListeners listeners, ServiceLink service, StopSignals signals, ReactorSet reactors, GatewayEvents events)
    {
        var addresses = listeners.Open(service.TakeSockets());
        service.Ready($"Listening on {string.Join(", ", addresses)}", () => signals.Request("upgrade"));
        events.Started(ProductVersion.Text, reactors.Kind.ToString(), reactors.Reactors.Count);
        foreach (var address in addresses)
        {
            events.Listening(address);
        }
    }

    /// <summary>Logs what came of reading a configuration.</summary>
    internal static void Announce(ConfigResult loaded, string file, GatewayEvents events)
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
        Room = new BodyRoom(MemoryWatch.MostBytes / BodyShare),
    };

    private static TransportKind TransportOf(ListenerConfig config) => config.Transport switch
    {
        "epoll" => TransportKind.Epoll,
        "sockets" => TransportKind.Sockets,
        _ => TransportKind.Auto,
    };
}
