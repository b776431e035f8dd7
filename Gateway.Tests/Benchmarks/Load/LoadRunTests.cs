using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Load;

/// <summary>Real runs of a moment, with the gateway that was built beside the tests, each process of its own.</summary>
[Platform("Linux")]
internal sealed class LoadRunTests
{
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

    [Test]
    public async Task A_request_that_met_a_fault_was_answered_by_the_next_provider()
    {
        var gateway = (await RunAsync("failover"))[1].Whole;
        Assert.Multiple(() =>
        {
            Assert.That(gateway.Faults, Is.Empty);
            Assert.That(gateway.ProviderRequests, Is.GreaterThan(0), "the second one answered");
        });
    }

    private static async Task<IReadOnlyList<Series>> RunAsync(string workload)
    {
        var options = new LoadOptions
        {
            Workloads = [WorkloadCatalog.Find(workload)!],
            Gateway = Path.Combine(AppContext.BaseDirectory, "claude-gateway.dll"),
            Clients = 4,
            Rounds = 1,
            Seconds = 0.5,
            WarmUpSeconds = 0.3,
            FaultShare = 0.02,
        };
        var (series, _) = await new LoadRun(options, new Progress<string>()).RunAsync();
        return series;
    }
}
