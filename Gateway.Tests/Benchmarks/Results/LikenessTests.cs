using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

internal sealed class LikenessTests
{
    private static readonly Series Series = Samples.Series("1k", "gateway", 1);
    private static readonly LoadResult Run = Samples.Run(Series);

    [Test]
    public void Two_runs_of_the_same_kind_differ_in_nothing() => Assert.That(Likeness.Differences(Run, Run with { Date = default, Command = "" }), Is.Empty);

    [Test]
    public void Another_machine_is_told_with_both() =>
        Assert.That(Likeness.Differences(Run, Run with { Machine = Run.Machine with { Cores = 64 } }), Has.One.Contains("2 cores").And.One.Contains("64 cores"));

    [Test]
    public void Another_way_of_making_it_is_told_with_both() => Assert.Multiple(() =>
    {
        Assert.That(Differences(Samples.Conditions with { Seconds = 9 }), Has.One.Contains("rounds of 1 s").And.One.Contains("rounds of 9 s"));
        Assert.That(Differences(Samples.Conditions with { GeneratorThreads = 2 }), Has.One.Contains("--threads 2"));
        Assert.That(Differences(Samples.Conditions with { ServerThreads = 2 }), Has.One.Contains("--server-threads 2"));
        Assert.That(Differences(Samples.Conditions with { Fault = "Close at a share of 1" }), Has.One.Contains("Close at a share of 1"));
        Assert.That(Differences(null), Has.One.Contains("not told"), "an older result");
    });

    [Test]
    public void What_only_one_of_them_has_is_told_with_its_pace()
    {
        var faster = Series with { Rate = 500, Pace = "500/s" };
        Assert.That(Likeness.Differences(Run, Samples.Run(faster)), Is.EqualTo((string[])
        [
            "1k, closed loop, 32 clients, gateway: only in the earlier run.", "1k, 500/s, gateway: only in the later run.",
        ]));
    }

    private static IReadOnlyList<string> Differences(Conditions? conditions) => Likeness.Differences(Run, Samples.Run(Series with { Conditions = conditions }));
}
