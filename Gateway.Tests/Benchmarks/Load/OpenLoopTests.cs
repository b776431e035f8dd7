using System.Net;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Provider;

namespace Gateway.Tests.Benchmarks.Load;

/// <summary>The generator against the scripted provider, both in this process, over real connections.</summary>
internal sealed class OpenLoopTests
{
    private const long Millisecond = 1_000_000;

    [Test]
    public async Task Sends_every_request_that_is_due_and_no_other()
    {
        using var provider = Provider(FaultPlan.None);
        var seen = await RunAsync(provider, new Pace(64, Rate: 500), milliseconds: 200);
        Assert.Multiple(() =>
        {
            Assert.That(seen.Requests, Is.EqualTo(100).Within(1), "500 a second for 200 ms");
            Assert.That(provider.Counts.Requests, Is.EqualTo(seen.Requests).Within(1), "what the provider saw");
            Assert.That(seen.Faults, Is.Empty);
        });
    }

    [Test]
    public async Task Requests_that_wait_for_a_late_answer_have_waited_too()
    {
        // One connection, and an answer on it that takes 2 s: whoever was due meanwhile counts from then.
        using var provider = Provider(new FaultPlan(ProviderFault.Slow, Share: 1));
        var seen = await RunAsync(provider, new Pace(1, Rate: 100), milliseconds: 20);
        Assert.Multiple(() =>
        {
            Assert.That(seen.Requests, Is.EqualTo(1), "the first was sent at once");
            Assert.That(seen.Faults, Does.ContainKey(LoadConnection.Unanswered), "the others were due, though never sent");
            Assert.That(seen.Total.GetValueAtPercentile(100), Is.GreaterThan(FaultPlan.LateMs * Millisecond * 99 / 100));
        });
    }

    private static ScriptedServer Provider(FaultPlan faults) =>
        new(0, 1, new ProviderBehaviour(AnswerScript.Json(200), faults));

    private static async Task<Measurement> RunAsync(ScriptedServer provider, Pace pace, int milliseconds)
    {
        using var generator = new LoadGenerator(threads: 1);
        var workload = new Workload("test", "", () => [RequestBodies.OfSize(500, stream: false)], AnswerScript.Json(200), 1);
        var from = Stamp.Now();
        return await generator.RunAsync(
            Target.At("provider", new IPEndPoint(IPAddress.Loopback, provider.EndPoint.Port), null), workload, pace,
            new Window(from, from + (milliseconds * Millisecond)));
    }
}
