using Gateway.Core.Admission;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Host.Bench;
using Gateway.Host.Capture;
using Gateway.Host.Cli;
using Gateway.Host.Export;
using Gateway.Host.Ledger;
using Gateway.Host.Lifetime;
using Gateway.Host.Logging;
using Gateway.Host.Management;
using Gateway.Http.Proxying;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;

namespace Gateway.Host.Composition;

/// <summary>The object graph of a running gateway: its servers, what they share, and what watches over them.</summary>
internal sealed class GatewayRuntime : IDisposable
{
    private readonly List<IDisposable> _parts = [];

    /// <summary>Builds everything but a port.</summary>
    /// <param name="config">A checked configuration.</param>
    /// <param name="limits">Sizes and clocks of the client side.</param>
    /// <param name="reactors">Threads that serve.</param>
    /// <param name="log">Where lines go.</param>
    /// <param name="events">The gateway's own events.</param>
    /// <param name="stateDirectory">Where the ledger and the management key are kept; null for nowhere.</param>
    /// <param name="reload">Makes the configuration be read again; null where there is none to read.</param>
    /// <param name="drain">Begins to drain.</param>
    /// <exception cref="StartException">A file that the configuration names can't be opened.</exception>
    public GatewayRuntime(
        GatewayConfig config,
        ServerLimits limits,
        ReactorSet reactors,
        ILogSink log,
        GatewayEvents events,
        string? stateDirectory = null,
        Func<SnapshotHolder, Func<ConfigResult>>? reload = null,
        Action? drain = null)
    {
        var time = TimeProvider.System;
        Snapshots = new SnapshotHolder(new GatewaySnapshot(config));
        if (stateDirectory is not null)
        {
            LatencyEstimates.Apply(stateDirectory, Snapshots.Current, reactors.Reactors[0].NowMs);
        }

        Counters = new GatewayCounters(reactors.Reactors.Count);
        Gate = new ConnectionGate(config.Listener.MaxConnections);
        var metrics = new GatewayMetrics(reactors.Reactors.Count);
        var recent = new RecentExchanges();
        var load = new LoadState();
        Status = new GatewayStatus(Snapshots, Counters, metrics, recent, load, time)
        {
            NowMs = () => reactors.Reactors[0].NowMs,
            OpenConnections = () => Gate.Open,
            IsTurning = new Liveness(reactors.Reactors, time).Look,
            LogLinesDropped = () => (log as JsonLogSink)?.Dropped ?? 0,
        };
        var actions = new ManagementActions
        {
            Reload = reload is null ? () => new ConfigResult() : reload(Snapshots),
            BeginDrain = drain ?? (() => { }),
            Log = log,
        };
        var pages = new ManagementPages(Status, LoadKey(stateDirectory, config.Listener.Management.KeyFile), actions);
        var services = new GatewayServices(
            Snapshots, Counters, metrics, Observe(config.Listener, recent, pages, events, stateDirectory), log, events, limits.Http, new DnsCache(time), pages, load, SamplingOf(config.Listener.Otlp))
        {
            Captures = config.Listener.Capture switch { { File: null } => CaptureScope.Nothing, { Bodies: true } => CaptureScope.Bodies, _ => CaptureScope.Shapes },
        };
        Status.ConnectionsTo = services.ConnectionsTo;
        var isApart = config.Listener.Management.IsApart;
        Servers = [.. reactors.Reactors.Select((reactor, index) =>
            new HttpServer(reactor, limits, new GatewayHandler(reactor, index, services, isApart ? ListenerRole.Api : ListenerRole.Everything)))];
        ManagementServers = isApart
            ? [.. reactors.Reactors.Select((reactor, index) => new HttpServer(reactor, limits, new GatewayHandler(reactor, index, services, ListenerRole.Management)))]
            : [];
        Watch(config, events, time, load);
    }

    /// <summary>One server per reactor.</summary>
    public IReadOnlyList<HttpServer> Servers { get; }

    /// <summary>One more per reactor where the management API has a listener of its own; empty otherwise.</summary>
    public IReadOnlyList<HttpServer> ManagementServers { get; }

    /// <summary>The configuration in force.</summary>
    public SnapshotHolder Snapshots { get; }

    /// <summary>What was counted.</summary>
    public GatewayCounters Counters { get; }

    /// <summary>How many connections there may be.</summary>
    public ConnectionGate Gate { get; }

    /// <summary>What the pages tell about.</summary>
    public GatewayStatus Status { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            _parts[i].Dispose();
        }
    }

    // Who learns of each finished exchange.
    private IExchangeObserver Observe(ListenerConfig config, RecentExchanges recent, ManagementPages pages, GatewayEvents events, string? stateDirectory)
    {
        var observers = new List<IExchangeObserver> { recent };
        if (stateDirectory is not null && config.UsageLedger)
        {
            observers.Add(OpenLedger(stateDirectory, TimeProvider.System));
        }

        if (config.Capture.File is { } file)
        {
            observers.Add(BeginCapture(Path.GetFullPath(file), config.Capture, TimeProvider.System));
        }

        if (config.Otlp.Endpoint is not null)
        {
            observers.Add(BeginExport(config.Otlp, pages, events, TimeProvider.System));
        }

        return observers.Count == 1 ? recent : new ExchangeObservers([.. observers]);
    }

    private UsageLedger OpenLedger(string directory, TimeProvider time)
    {
        BudgetRecovery.Apply(Snapshots.Current.Budgets, directory, time.GetUtcNow());
        var file = new LedgerFile(directory, time, SharedFile.AppendAlways);
        var writer = new LineWriter(file, "ledger");
        _parts.Add(file);
        _parts.Add(writer);
        Status.LedgerLinesDropped = () => writer.Dropped;
        return new UsageLedger(writer);
    }

    // A file of the configuration was judged with it; ours may have been opened to others since it was made.
    private static ManagementKey LoadKey(string? stateDirectory, string? file)
    {
        var key = ManagementKey.Load(stateDirectory, file);
        return file is null && key.OpenFile is { } open
            ? throw new StartException($"{open}: others can read the management key; chmod 600 {open}, or delete it, and a new one is made", ExitCodes.Configuration)
            : key;
    }

    private TrafficCapture BeginCapture(string path, CaptureConfig config, TimeProvider time)
    {
        var file = new RotatingFile(
            path, config.MaxSizeMb * 1024L * 1024L, keep: 1, remark => Console.Error.WriteLine($"claude-gateway: {remark}"), SharedFile.AppendAlways, isPrivate: true);
        try
        {
            file.Open();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            var error = new ConfigError("$.claude_gateway.capture.file", exception.Message.TrimEnd('.'), "a file that can be written");
            throw new StartException(error.ToString(), ExitCodes.Configuration, exception);
        }

        var capture = new TrafficCapture(file, time);
        _parts.Add(capture);
        Status.CaptureLinesDropped = () => capture.Dropped;
        return capture;
    }

    private TraceQueue BeginExport(OtlpConfig config, ManagementPages pages, GatewayEvents events, TimeProvider time)
    {
        var exporter = new OtlpExporter(config, pages.Metrics, events, time);
        Status.Export = () => (exporter.Traces.Dropped, exporter.PushesFailed);
        _parts.Add(exporter);
        return exporter.Traces;
    }

    private static TraceSampling SamplingOf(OtlpConfig config) =>
        config is { Endpoint: not null, Traces: true } ? new TraceSampling(IsOn: true, config.SamplePercent / 100.0) : TraceSampling.Off;

    private void Watch(GatewayConfig config, GatewayEvents events, TimeProvider time, LoadState load)
    {
        _parts.Add(new MemoryWatch(load, events, time, Shrink));
        _parts.Add(new LocalProbes(Snapshots, events, time));
        if (config.Listener.SummaryLine)
        {
            _parts.Add(new SummaryLine(Counters, events, time));
        }
    }

    private void Shrink(double memoryShare)
    {
        var rung = OverloadLadder.For(memoryShare);
        Gate.IsClosed = rung == LoadRung.StopAccepting;
        foreach (var server in Servers)
        {
            server.Shrink(rung >= LoadRung.Shrink, idleMs => OverloadLadder.IdleMs(memoryShare, idleMs));
        }
    }
}
