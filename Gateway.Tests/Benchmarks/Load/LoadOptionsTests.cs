using Gateway.Benchmarks.Load;

namespace Gateway.Tests.Benchmarks.Load;

/// <summary>From what was said on the command line to how a round is run.</summary>
internal sealed class LoadOptionsTests
{
    private static readonly Workload Paced = WorkloadCatalog.Find("paced")!;
    private static readonly Workload Short = WorkloadCatalog.Find("1k")!;
    private static readonly Workload Agent = WorkloadCatalog.Find("claude-code")!;

    [Test]
    public void So_many_streams_are_no_number_of_other_clients() => Assert.Multiple(() =>
    {
        var options = new LoadOptions { Workloads = [Short, Paced], Streams = 5_000 };
        Assert.That(options.PaceOf(Paced, rate: 0).Clients, Is.EqualTo(5_000));
        Assert.That(options.PaceOf(Short, rate: 0).Clients, Is.EqualTo(Short.Connections));
        Assert.That((options with { Clients = 7 }).PaceOf(Short, rate: 0).Clients, Is.EqualTo(7));
        Assert.That(new LoadOptions { Workloads = [Paced], Clients = 7 }.PaceOf(Paced, rate: 0).Clients, Is.EqualTo(7));
    });

    [Test]
    public void A_round_counts_when_no_answer_is_the_first_of_its_client_any_more() => Assert.Multiple(() =>
    {
        var options = new LoadOptions { Workloads = [Agent] };
        Assert.That(Agent.AnswerSeconds, Is.EqualTo(0.59).Within(1e-9), "60 events 10 ms apart");
        Assert.That(options.WarmUpOf(Agent, options.PaceOf(Agent, rate: 0), round: 1), Is.AtLeast(2 * Agent.AnswerSeconds));
        Assert.That(options.WarmUpOf(Short, options.PaceOf(Short, rate: 0), round: 1), Is.EqualTo(options.WarmUpSeconds));
    });

    [Test]
    public void Thousands_of_streams_have_the_time_to_come_one_after_the_other()
    {
        var options = new LoadOptions { Workloads = [Paced], Streams = 5_000 };
        Assert.That(options.WarmUpOf(Paced, options.PaceOf(Paced, rate: 0), round: 1), Is.AtLeast(3));
    }
}
