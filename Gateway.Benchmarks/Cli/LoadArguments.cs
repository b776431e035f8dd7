using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Peers;
using Gateway.Benchmarks.Processes;
using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Replay;

namespace Gateway.Benchmarks.Cli;

/// <summary>The options of <c>load</c> and <c>compare</c>: what each may be, what does not go together, and what they say.</summary>
internal sealed class LoadArguments
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
    private readonly Option<int> _clients = new Option<int>("--clients", "-c") { Description = "Clients at a time" }.Within(1, 20_000);
    private readonly Option<int> _streams = new Option<int>("--streams") { Description = "Paced streams at a time: 10 to 5000" }.Within(10, 5_000);
    private readonly Option<double[]> _rates = new Option<double[]>("--rate", "-r")
    {
        Description = "Open loop: requests a second, whatever comes back; times count from the intended sending. Several are run one after the other",
        AllowMultipleArgumentsPerToken = true,
    }.Within(0.1, 1_000_000);
    private readonly Option<ProviderFault> _fault = new("--fault") { Description = "failover: what the first provider does", DefaultValueFactory = static _ => ProviderFault.Overloaded };
    private readonly Option<double> _share = new Option<double>("--share") { Description = "failover: with what share of the requests, 0 to 1", DefaultValueFactory = static _ => 0.05 }.Within(0, 1);
    private readonly Option<int> _rounds = new Option<int>("--rounds") { Description = "Rounds of each side", DefaultValueFactory = static _ => 5 }.Within(1, 1_000);
    private readonly Option<double> _seconds = new Option<double>("--seconds", "-s") { Description = "Seconds of a round", DefaultValueFactory = static _ => 1 }.Within(0.01, 3_600);
    private readonly Option<int> _threads = new Option<int>("--threads") { Description = "Threads of the load generator", DefaultValueFactory = static _ => 1 }.Within(1, 256);
    private readonly Option<int> _serverThreads = new Option<int>("--server-threads") { Description = "Threads of the gateway and of each peer; 0 for one per core" }.Within(0, 256);
    private readonly Option<string[]> _peers = new("--with") { Description = "Peers, by comma: nginx, haproxy, yarp", DefaultValueFactory = static _ => ["nginx,haproxy"] };
    private readonly Option<string?> _yarp = new("--yarp") { Description = "YARP's application, which takes its configuration file as its argument" };
    private readonly Option<int> _providerPort = new Option<int>("--provider-port") { Description = "Port of the scripted provider; 0 for any free one" }.Within(0, 65_535);
    private readonly Option<string?> _replay = new("--replay") { Description = "Play a capture of real traffic instead (claude_gateway.capture in gateway.json)" };
    private readonly Option<double> _speed = new Option<double>("--speed") { Description = "How many times as fast it is played, 1 to 100", DefaultValueFactory = static _ => 1 }.Within(1, Recording.MostSpeed);
    private readonly Option<bool> _profile = new("--profile") { Description = "Look where the CPU time goes, in one round more of each side (perf)" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write the result to this file" };
    private readonly bool _withPeers;

    public LoadArguments(Command command, bool withPeers)
    {
        _withPeers = withPeers;
        _workloads.AcceptOnlyFromAmong([.. WorkloadCatalog.All.Select(static workload => workload.Name)]);
        _peers.Among([.. Peer.All(yarp: null).Select(static peer => peer.Name)]);
        Option[] options = [_workloads, _gateway, _target, _isOwn, _clients, _streams, _rates, _fault, _share, _rounds, _seconds, _threads, _serverThreads, _providerPort, _replay, _speed, _profile, _output];
        foreach (var option in withPeers ? [.. options, _peers, _yarp] : options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Where the result goes; null for nowhere.</summary>
    public string? OutputOf(ParseResult parsed) => parsed.GetValue(_output);

    /// <summary>What was said that something else makes meaningless; null if all of it counts. Whoever says it expects something of it.</summary>
    public string? Contradiction(ParseResult parsed, LoadOptions options)
    {
        bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };
        bool Plays(Func<Workload, bool> which) => options.Workloads.Any(which);
        var runsNothing = !Has(_gateway) && !_withPeers;
        return new (bool IsSo, Option Given, string Expected)[]
        {
            (Has(_target) && Has(_gateway), _target, "--gateway as well: one of them is expected"),
            (Has(_target) && parsed.GetValue(_providerPort) == 0, _target, "--provider-port is expected with it: the port of this machine where the target's provider is"),
            (Has(_isOwn) && !Has(_target), _isOwn, "--target is expected with it"),
            (Has(_replay) && Has(_workloads), _workloads, "--replay as well: one of them is expected"),
            (Has(_replay) && Has(_rates), _rates, "--replay as well, which has its own rate: --speed is expected"),
            (Has(_speed) && !Has(_replay), _speed, "--replay is expected with it"),
            (Has(_streams) && !Plays(static workload => workload.IsEndless), _streams, "the workload paced is expected with it"),
            (Has(_fault) && !Plays(static workload => workload.Scene == Scene.Failover), _fault, "the workload failover is expected with it"),
            (Has(_share) && !Plays(static workload => workload.Scene == Scene.Failover), _share, "the workload failover is expected with it"),
            (Has(_target) && Plays(static workload => workload.Scene == Scene.Failover), _target, "the workload failover, which needs two providers: --gateway is expected"),
            (Has(_serverThreads) && runsNothing, _serverThreads, "--gateway is expected with it: the threads of a target are its own"),
            (Has(_profile) && runsNothing, _profile, "--gateway is expected with it: a target is not ours to look at"),
            (_withPeers && Has(_yarp) && !PeersOf(parsed).Contains("yarp"), _yarp, "yarp among those of --with is expected with it"),
        }.Where(static one => one.IsSo).Select(static one => $"{one.Given.Name} was given, and {one.Expected}").FirstOrDefault();
    }

    /// <summary>Why the run may not begin; null if it may.</summary>
    public string? Refusal(ParseResult parsed, LoadOptions options) =>
        options.TargetUrl is { } url && TargetGuard.Refusal(url, parsed.GetValue(_isOwn)) is { } refusal ? refusal
        : options.Gateway is { } program && !File.Exists(program) ? $"{_gateway.Name}: {program} was given, which is no file"
        : OutputOf(parsed) is { } output && OutputFile.Refusal(_output.Name, output) is { } unwritable ? unwritable
        : options.Profiles && !CpuProfiler.IsAvailable ? "--profile needs perf, and that it may look at other processes (kernel.perf_event_paranoid)"
        : null;

    /// <summary>What they say.</summary>
    /// <exception cref="InvalidDataException">The capture is none.</exception>
    public LoadOptions Read(ParseResult parsed) => new()
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
        Peers = _withPeers ? ReadPeers(parsed) : [],
        CountsSyscalls = SyscallCounter.Tool is not null,
        Profiles = parsed.GetValue(_profile),
        ProviderPort = parsed.GetValue(_providerPort),
    };

    private static Uri? ParseUrl(ArgumentResult given)
    {
        if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var url))
        {
            return url;
        }

        given.AddError($"--target: {given.Tokens[0].Value} was given, http://HOST:PORT is expected");
        return null;
    }

    private string[] PeersOf(ParseResult parsed) => [.. parsed.GetValue(_peers)!.SelectMany(static names => names.Split(','))];

    private IReadOnlyList<Peer> ReadPeers(ParseResult parsed)
    {
        var wanted = PeersOf(parsed);
        var all = Peer.All(parsed.GetValue(_yarp));
        foreach (var peer in all.Where(peer => peer.Program is null && wanted.Contains(peer.Name)))
        {
            Console.Error.WriteLine($"{peer.Name} is left out: it is not installed here{(peer.Name == "yarp" ? ", or --yarp does not say where" : "")}");
        }

        return [.. all.Where(peer => peer.Program is not null && wanted.Contains(peer.Name))];
    }
}
