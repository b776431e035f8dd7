using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Peers;
using Gateway.Benchmarks.Processes;
using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Replay;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Cli;

/// <summary><c>load</c> and <c>compare</c>: clients, gateway and provider end to end, always next to the same without the gateway.</summary>
internal sealed class LoadCommand
{
    private readonly Option<string[]> _workloads = new("--workload", "-w")
    {
        Description = "What is sent: " + string.Join(", ", WorkloadCatalog.All.Select(static workload => workload.Name)),
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => ["1k", "40k"],
    };

    private readonly Option<string?> _gateway = new("--gateway") { Description = "The published gateway; it is started with a configuration of its own" };
    private readonly Option<Uri?> _target = new("--target") { Description = "A gateway that runs already; it must lead to the port that --provider-port names", CustomParser = ParseUrl };
    private readonly Option<bool> _isOwn = new("--i-own-this-target") { Description = "The target is not on this machine, and yours to load" };
    private readonly Option<int> _clients = new("--clients", "-c") { Description = "Clients at a time" };
    private readonly Option<int> _streams = new("--streams") { Description = "Paced streams at a time: 10 to 5000" };
    private readonly Option<double[]> _rates = new("--rate", "-r")
    {
        Description = "Open loop: requests a second, whatever comes back; times count from the intended sending. Several are run one after the other",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<ProviderFault> _fault = new("--fault") { Description = "failover: what the first provider does", DefaultValueFactory = static _ => ProviderFault.Overloaded };
    private readonly Option<double> _share = new("--share") { Description = "failover: with what share of the requests, 0 to 1", DefaultValueFactory = static _ => 0.05 };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of each side", DefaultValueFactory = static _ => 5 };
    private readonly Option<double> _seconds = new("--seconds", "-s") { Description = "Seconds of a round", DefaultValueFactory = static _ => 1 };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads of the load generator", DefaultValueFactory = static _ => 1 };
    private readonly Option<int> _serverThreads = new("--server-threads") { Description = "Threads of the gateway and of each peer; 0 for one per core" };
    private readonly Option<string[]> _peers = new("--with") { Description = "Peers, by comma: nginx, haproxy, yarp", DefaultValueFactory = static _ => ["nginx,haproxy"] };
    private readonly Option<string?> _yarp = new("--yarp") { Description = "YARP's application, which takes its configuration file as its argument" };
    private readonly Option<int> _providerPort = new("--provider-port") { Description = "Port of the scripted provider; 0 for any free one" };
    private readonly Option<string?> _replay = new("--replay") { Description = "Play a capture of real traffic instead (claude_gateway.capture in gateway.json)" };
    private readonly Option<double> _speed = new("--speed") { Description = "How many times as fast it is played, 1 to 100", DefaultValueFactory = static _ => 1 };
    private readonly Option<bool> _profile = new("--profile") { Description = "Look where the CPU time goes, in one round more of each side (perf)" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write the result to this file" };

    public static Command CreateLoad() =>
        new LoadCommand().Create("load", "Measure the gateway under load, next to the same load without it", withPeers: false);

    public static Command CreateCompare() =>
        new LoadCommand().Create("compare", "The same, next to other proxies under the same load", withPeers: true);

    private Command Create(string name, string about, bool withPeers)
    {
        var command = new Command(name, about);
        foreach (var option in (Option[])[_workloads, _gateway, _target, _isOwn, _clients, _streams, _rates, _fault, _share, _rounds, _seconds, _threads, _serverThreads, _providerPort, _replay, _speed, _profile, _output])
        {
            command.Options.Add(option);
        }

        if (withPeers)
        {
            command.Options.Add(_peers);
            command.Options.Add(_yarp);
        }

        _workloads.AcceptOnlyFromAmong([.. WorkloadCatalog.All.Select(static workload => workload.Name)]);
        _speed.Validators.Add(static given =>
        {
            if (given.GetValueOrDefault<double>() is not (>= 1 and <= Recording.MostSpeed))
            {
                given.AddError("--speed is 1 to 100");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static Uri? ParseUrl(ArgumentResult given)
    {
        if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var url))
        {
            return url;
        }

        given.AddError($"{given.Tokens[0].Value} is no URL");
        return null;
    }

    // Null if the run may begin.
    private static string? Refusal(LoadOptions options, bool ownsTarget, string? output) =>
        options.TargetUrl is { } url && TargetGuard.Refusal(url, ownsTarget) is { } refusal ? refusal
        : options.Gateway is { } program && !File.Exists(program) ? $"{program} is no file"
        : output is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(output))) ? $"there is no folder for {output}"
        : options.Profiles && !CpuProfiler.IsAvailable ? "--profile needs perf, and that it may look at other processes (kernel.perf_event_paranoid)"
        : options.Rounds < 1 || options.Seconds <= 0 || options.GeneratorThreads < 1 ? "a run needs at least one round, one thread and some time"
        : null;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        LoadOptions options;
        try
        {
            options = Read(parsed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return BenchmarkCommandLine.Usage;
        }

        if (Refusal(options, parsed.GetValue(_isOwn), parsed.GetValue(_output)) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return BenchmarkCommandLine.Usage;
        }

        if (options.Workloads[0].Recording is { LeftOut: > 0 } recording)
        {
            await Console.Error.WriteLineAsync($"{recording.LeftOut} exchanges are left out: they had no whole answer");
        }

        var date = TimeProvider.System.GetUtcNow();
        var machine = Machine.Current();
        var progress = new TerminalProgress(Console.Error);
        var (series, versions) = await new LoadRun(options, progress, cancel).RunAsync();
        progress.Clear();
        await Console.Out.WriteAsync(LoadText.Of(series, comparesPeers: options.Peers.Count > 0, SyscallCounter.Tool));
        if (parsed.GetValue(_output) is { } file)
        {
            var command = string.Join(' ', parsed.Tokens.Select(static token => token.Value));
            ResultJson.Save(new LoadResult { Form = LoadResult.CurrentForm, Date = date, Command = command, Machine = machine, Versions = versions, Series = series }, file);
        }

        return 0;
    }

    private LoadOptions Read(ParseResult parsed) => new()
    {
        Workloads = parsed.GetValue(_replay) is { } capture
            ? [WorkloadCatalog.Replay(Recording.Load(capture, parsed.GetValue(_speed)))]
            : [.. parsed.GetValue(_workloads)!.Select(static name => WorkloadCatalog.Find(name)!)],
        Gateway = parsed.GetValue(_gateway),
        TargetUrl = parsed.GetValue(_target),
        Clients = parsed.GetValue(_clients),
        Streams = parsed.GetValue(_streams),
        Rates = parsed.GetValue(_rates) is { Length: > 0 } rates ? rates : [0],
        Fault = parsed.GetValue(_fault),
        FaultShare = parsed.GetValue(_share),
        Rounds = parsed.GetValue(_rounds),
        Seconds = parsed.GetValue(_seconds),
        GeneratorThreads = parsed.GetValue(_threads),
        ServerThreads = parsed.GetValue(_serverThreads),
        Peers = parsed.CommandResult.Command.Options.Contains(_peers) ? ReadPeers(parsed) : [],
        CountsSyscalls = SyscallCounter.Tool is not null,
        Profiles = parsed.GetValue(_profile),
        ProviderPort = parsed.GetValue(_providerPort),
    };

    private IReadOnlyList<Peer> ReadPeers(ParseResult parsed)
    {
        var wanted = parsed.GetValue(_peers)!.SelectMany(static names => names.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var all = Peer.All(parsed.GetValue(_yarp));
        foreach (var name in wanted.Where(name => all.FirstOrDefault(peer => peer.Name == name)?.Program is null))
        {
            Console.Error.WriteLine($"{name} is left out: it is not installed here{(name == "yarp" ? ", or --yarp does not say where" : "")}");
        }

        return [.. all.Where(peer => peer.Program is not null && wanted.Contains(peer.Name))];
    }
}
