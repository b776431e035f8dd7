using System.Net;
using System.Net.Sockets;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Provider;

namespace Gateway.Tests.Benchmarks.Load;

/// <summary>Clients that wait for their answer, against those who give none.</summary>
internal sealed class ClosedLoopTests
{
    private const int Clients = 2;
    private const long Millisecond = 1_000_000;

    [Test]
    public async Task Who_is_left_without_an_answer_had_a_fault([Values] bool isEndless)
    {
        // The system accepts, and nobody ever answers.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var seen = await RunAsync((IPEndPoint)silent.LocalEndpoint, AnswerScript.Stream(1), isEndless);
        Assert.Multiple(() =>
        {
            Assert.That(seen.Requests, Is.Zero);
            Assert.That(seen.Faults, Is.EqualTo(new Dictionary<string, long> { [LoadConnection.Unanswered] = Clients }));
        });
    }

    [Test]
    public async Task Who_fails_only_after_the_round_had_all_of_it()
    {
        // 2 s late, and then not what was asked for.
        using var provider = new ScriptedServer(0, 1, new ProviderBehaviour(AnswerScript.Json(200), new FaultPlan(ProviderFault.Slow, Share: 1)));
        var seen = await RunAsync(provider.EndPoint, AnswerScript.Recorded(9, isStream: true, size: 1), isEndless: false);
        Assert.That(seen.Faults.Values.Sum(), Is.EqualTo(Clients));
    }

    [Test]
    public async Task A_stream_that_is_cut_because_it_never_ends_had_none()
    {
        using var provider = new ScriptedServer(0, 1, new ProviderBehaviour(AnswerScript.Json(200), FaultPlan.None));
        var seen = await RunAsync(provider.EndPoint, AnswerScript.Stream(10_000, gapMs: 100), isEndless: true);
        Assert.That(seen.Faults, Is.Empty);
    }

    private static async Task<Measurement> RunAsync(IPEndPoint provider, AnswerScript answer, bool isEndless)
    {
        using var generator = new LoadGenerator(threads: 1);
        var workload = new Workload("test", "", () => [RequestBodies.OfSize(500, stream: true)], answer, 1) { IsEndless = isEndless };
        var from = Stamp.Now() + (200 * Millisecond);
        return await generator.RunAsync(Target.At("provider", provider, null), workload, new Pace(Clients, Rate: 0), new Window(from, from + (1_000 * Millisecond)));
    }
}
