using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Replay;
using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Load;

/// <summary>Real runs of a moment, with the gateway that was built beside the tests, each process of its own.</summary>
[Parallelizable, Platform("Linux")]
internal sealed class LoadRunTests
{
    // A second, in an open loop: as many as a busy machine answers in time.
    private const double FewRequests = 50;

    [TestCase("1k")]
    [TestCase("40k")]
    [TestCase("burst")]
    [TestCase("openai")]
    [TestCase("tls")]
    public async Task Counts_agree_with_what_the_provider_saw(string workload)
    {
        var series = await RunAsync(workload);
        foreach (var side in series)
        {
            Assert.Multiple(() =>
            {
                Assert.That(side.Whole.Faults, Is.Empty, side.Side);
                Assert.That(side.Whole.Requests, Is.InRange(1, side.Whole.ProviderRequests!.Value), side.Side);
                Assert.That(side.Whole.Total!.Count, Is.EqualTo(side.Whole.Requests), side.Side);
                Assert.That(side.Whole.Total.P50, Is.InRange(1, side.Whole.Total.Max), side.Side);
                Assert.That(side.Whole.FirstByte!.Max, Is.AtMost(side.Whole.Total.Max), side.Side);
            });
        }

        Assert.That(series.Select(side => side.Side), Is.EqualTo((string[])["direct", "gateway"]));
    }

    [Test]
    public async Task Events_of_streams_are_counted_and_timed()
    {
        var gateway = (await RunAsync("burst"))[1].Whole;
        Assert.Multiple(() =>
        {
            Assert.That(gateway.Events, Is.AtLeast((gateway.Requests - 16) * 200), "but for those whose end fell outside the window");
            Assert.That(gateway.EventDelay!.Count, Is.EqualTo(gateway.Events));
            Assert.That(gateway.EventDelay.P50, Is.InRange(1, gateway.Total!.Max), "an event is never older than its answer");
        });
    }

    [Test]
    public async Task The_gateway_costs_CPU_and_memory()
    {
        var gateway = (await RunAsync("1k"))[1].Whole;
        Assert.Multiple(() =>
        {
            Assert.That(gateway.CpuPerRequest, Is.GreaterThan(1), "no gateway relays a request in a microsecond");
            Assert.That(gateway.CpuPerRequest * gateway.Requests, Is.AtMost(gateway.Seconds * 1e6 * Environment.ProcessorCount), "nor is there more CPU time than time");
            Assert.That(gateway.ResidentMegabytes, Is.GreaterThan(1));
        });
    }

    [TestCase(ProviderFault.Overloaded)]
    [TestCase(ProviderFault.Close)]
    [TestCase(ProviderFault.Slow)]
    public async Task A_request_that_met_a_fault_was_answered_by_the_next_provider(ProviderFault fault)
    {
        var gateway = (await RunAsync(WorkloadCatalog.Find(WorkloadCatalog.Failover)!, fault))[1].Whole;
        Assert.Multiple(() =>
        {
            Assert.That(gateway.Faults.Keys, Is.SubsetOf((string[])[LoadConnection.Unanswered]), "a busy machine may keep a client waiting");
            Assert.That(gateway.ProviderFaults, Is.GreaterThan(0), "the first one failed");
            Assert.That(gateway.ProviderRequests, Is.GreaterThan(0), "the second one answered");
        });
    }

    [Test]
    public async Task Captured_traffic_is_played_again_to_its_end()
    {
        const int Count = 20;
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Count).Select(static i =>
            $$"""{"at_us":{{i * 100_000}},"status":200,"stream":{{(i % 2 == 0 ? "true" : "false")}},"request_bytes":{{1_000 + (i * 1_000)}},"pieces":[20000,2000,30000,300,30000,300]}"""));

        var series = await RunAsync(WorkloadCatalog.Replay(Recording.Load(file, speed: 10)));

        File.Delete(file);
        foreach (var side in series)
        {
            Assert.Multiple(() =>
            {
                Assert.That(side.Whole.Faults, Is.Empty, side.Side);
                Assert.That(side.Whole.Requests, Is.EqualTo(Count), side.Side);
                Assert.That(side.Whole.ProviderRequests, Is.GreaterThan(Count), "and what warmed up before");
                Assert.That(side.Whole.Total!.P50, Is.AtLeast(80_000 / 10), "no answer is faster than it was recorded");
            });
        }
    }

    [Test]
    public async Task The_times_that_the_gateway_tells_lie_between_its_providers_and_those_that_its_clients_see()
    {
        // On a quiet machine the two are some ms apart. On a busy one clients wait where no gateway can see it, and it tells that
        // much less; it never tells less than its provider took, nor more than its clients saw.
        const int Thinking = 1_200_000;
        const int Streaming = 4 * 300_000;
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 20).Select(static i =>
            $$"""{"at_us":{{i * 20_000}},"status":200,"stream":true,"request_bytes":2000,"pieces":[{{Thinking}},900,300000,200,300000,200,300000,200,300000,200]}"""));

        var times = Agreement.Of(await RunAsync(WorkloadCatalog.Replay(Recording.Load(file, speed: 1)))).ToDictionary(static one => one.What);

        File.Delete(file);

        // The provider is a part of what the clients of this side saw; those of the other one saw it at another time.
        double SeenOf(string what) => times[what == "provider of that" ? "server-timing" : what].Seen;
        Assert.Multiple(() =>
        {
            foreach (var (what, least) in ((string, double)[])[("server-timing", Thinking), ("provider of that", Thinking), ("time to first chunk", Thinking), ("duration", Thinking + Streaming)])
            {
                Assert.That(times[what].Told, Is.InRange(least * (1 - Agreement.Most), SeenOf(what) * (1 + Agreement.Most)), what);
            }

            // Whatever of the provider's time were told as another's would be missing above, and be found here.
            Assert.That(times["server-timing"].Told - times["provider of that"].Told, Is.InRange(0, times["server-timing"].Seen - (Thinking * (1 - Agreement.Most))));

            Assert.That(times["time per output chunk"].Told, Is.InRange(1, Streaming));
        });
    }

    [Test]
    public void Whoever_was_last_in_a_round_is_first_in_the_next() => Assert.Multiple(() =>
    {
        Assert.That(Enumerable.Range(0, 3).Select(static round => string.Concat(LoadRun.Order(round, sides: 3))), Is.EqualTo((string[])["012", "210", "012"]));
        Assert.That(LoadRun.Order(1, sides: 1), Is.EqualTo((int[])[0]));
    });

    [Test]
    public async Task An_interrupted_run_keeps_the_rounds_that_had_ended()
    {
        using var interrupted = new CancellationTokenSource();
        var options = new LoadOptions { Workloads = [WorkloadCatalog.Find("1k")!, WorkloadCatalog.Find("40k")!], Clients = 1, Rounds = 3, Seconds = 0.02, WarmUpSeconds = 0.02 };
        var run = new LoadRun(options, new Watcher("round 2", interrupted.Cancel), interrupted.Token);
        var (series, _) = await run.RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(run.WasInterrupted, Is.True);
            Assert.That(series.Select(static one => (one.Workload, one.Rounds.Count)), Is.EqualTo(((string, int)[])[("1k", 1)]));
        });
    }

    private static Task<IReadOnlyList<Series>> RunAsync(string workload) => RunAsync(WorkloadCatalog.Find(workload)!);

    private static async Task<IReadOnlyList<Series>> RunAsync(Workload workload, ProviderFault fault = ProviderFault.Overloaded)
    {
        // On a busy machine half a second may be too short for a single answer.
        var seconds = 0.5;
        var series = await RunAsync(workload, fault, seconds);
        while (series.Any(static side => side.Whole.Requests == 0) && seconds < 10)
        {
            seconds *= 3;
            series = await RunAsync(workload, fault, seconds);
        }

        return series;
    }

    private static async Task<IReadOnlyList<Series>> RunAsync(Workload workload, ProviderFault fault, double seconds)
    {
        var options = new LoadOptions
        {
            Workloads = [workload],
            Gateway = Path.Combine(AppContext.BaseDirectory, "claude-gateway.dll"),
            Clients = workload.Recording is null && workload.Rate == 0 ? 4 : 0,
            Rates = [workload.Rate > 0 ? FewRequests : 0],
            Rounds = 1,
            Seconds = seconds,
            WarmUpSeconds = 0.3,
            Fault = fault,
            // Each: a reset of a kept connection is tried again at the same provider, and must fail there as well.
            FaultShare = 1,
        };
        var (series, _) = await new LoadRun(options, new Progress<string>()).RunAsync();
        return series;
    }

    private sealed class Watcher(string what, Action act) : IProgress<string>
    {
        public void Report(string value)
        {
            if (value.Contains(what, StringComparison.Ordinal))
            {
                act();
            }
        }
    }
}
