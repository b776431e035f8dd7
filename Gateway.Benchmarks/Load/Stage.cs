using System.Globalization;
using Gateway.Benchmarks.Peers;
using Gateway.Benchmarks.Processes;
using Gateway.Http.Upstream;

namespace Gateway.Benchmarks.Load;

/// <summary>Everything that runs for one workload: the scripted provider, a broken one where needed, and a fresh gateway before them.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _processes = [];
    private readonly DirectoryInfo _folder = RunFolder.Create("load");

    private Stage()
    {
    }

    /// <summary>The provider that answers.</summary>
    public ProviderProcess Provider { get; private set; } = null!;

    /// <summary>The provider with which something is wrong; null for none.</summary>
    public ProviderProcess? Broken { get; private set; }

    /// <summary>The provider itself, then the gateway or whoever else is measured.</summary>
    public List<Target> Sides { get; } = [];

    /// <summary>Who is measured, and in which version.</summary>
    public Dictionary<string, string> Versions { get; } = [];

    /// <summary>Starts all of it.</summary>
    public static async Task<Stage> SetAsync(LoadOptions options, Workload workload)
    {
        var stage = new Stage();
        try
        {
            await stage.StartAsync(options, workload);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends all of it, the last first.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = _processes.Count - 1; i >= 0; i--)
        {
            await _processes[i].DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(LoadOptions options, Workload workload)
    {
        var scene = workload.Scene;
        var caFile = Path.Combine(_folder.FullName, "authority.pem");
        Provider = await KeepAsync(() => ProviderProcess.StartAsync(["--port", $"{options.ProviderPort}", "--answer", $"{workload.Answer}", "--ca-file", caFile, .. ReplayOf(workload)]));
        Sides.Add(Direct(scene, caFile));
        if (options.Gateway is { } program)
        {
            Broken = scene == Scene.Failover ? await StartBrokenAsync(options) : null;
            var configuration = GatewayConfiguration.For(scene, options.ServerThreads, Provider.EndPoint, Provider.TlsEndPoint, caFile, Broken?.EndPoint);
            var gateway = await KeepAsync(() => GatewayUnderTest.StartAsync(program, configuration));
            Versions[Target.Gateway] = gateway.Version;
            Sides.Add(Target.At(Target.Gateway, gateway.EndPoint, gateway.Group) with { Metrics = new Uri($"http://{gateway.EndPoint}/metrics") });
        }
        else if (options.TargetUrl is { } url)
        {
            Versions[Target.Running] = await TargetProbe.VersionAsync(url, Provider);
            Sides.Add(Target.At(url));
        }

        foreach (var peer in options.Peers.Where(peer => peer.Plays(scene)))
        {
            await StartPeerAsync(peer, options, scene == Scene.Tls ? caFile : null);
        }
    }

    private async Task StartPeerAsync(Peer peer, LoadOptions options, string? caFile)
    {
        var threads = options.ServerThreads > 0 ? options.ServerThreads : Environment.ProcessorCount;
        var upstream = caFile is null ? Provider.EndPoint : Provider.TlsEndPoint!;
        var process = await KeepAsync(() => PeerProcess.StartAsync(peer, upstream, caFile, threads));
        Versions[peer.Name] = await PeerProcess.VersionAsync(peer);
        Sides.Add(Target.At(peer.Name, process.EndPoint, process.Group));
    }

    private static string[] ReplayOf(Workload workload) =>
        workload.Recording is { } recording ? ["--replay", recording.File, "--speed", recording.Speed.ToString(CultureInfo.InvariantCulture)] : [];

    private Target Direct(Scene scene, string caFile) => scene != Scene.Tls
        ? Target.At(Target.Direct, Provider.EndPoint, null)
        : new Target(Target.Direct, new UpstreamEndpoint { IsHttps = true, Host = "127.0.0.1", Port = Provider.TlsEndPoint!.Port, CaFile = caFile }, null);

    private Task<ProviderProcess> StartBrokenAsync(LoadOptions options) => KeepAsync(() => ProviderProcess.StartAsync(
        "--fault", $"{options.Fault}", "--share", FormattableString.Invariant($"{options.FaultShare}")));

    private async Task<T> KeepAsync<T>(Func<Task<T>> start)
        where T : IAsyncDisposable
    {
        var process = await start();
        _processes.Add(process);
        return process;
    }
}
