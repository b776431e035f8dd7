using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

internal sealed class ComparisonTests
{
    private static readonly Figure Cost = Figure.All.Single(figure => figure.Title == "CPU us/req");
    private static readonly Figure Throughput = Figure.All.Single(figure => figure.Title == "req/s");

    [Test]
    public void More_cost_than_the_spread_is_worse() =>
        Assert.That(Judge(Cost, [10, 11, 10.5], [13, 13.2, 12.9]), Is.EqualTo(Verdict.Worse));

    [Test]
    public void Less_cost_than_the_spread_is_better() =>
        Assert.That(Judge(Cost, [13, 13.2, 12.9], [10, 11, 10.5]), Is.EqualTo(Verdict.Better));

    [Test]
    public void More_throughput_is_better() =>
        Assert.That(Judge(Throughput, [1_000, 1_010, 1_005], [1_200, 1_210, 1_190]), Is.EqualTo(Verdict.Better));

    [Test]
    public void A_difference_within_the_spread_of_either_run_proves_nothing()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Judge(Cost, [10, 14, 12], [13, 13.1, 13.2]), Is.EqualTo(Verdict.Undecided), "the earlier run is noisy");
            Assert.That(Judge(Cost, [10, 10.1, 10.2], [9, 13, 12]), Is.EqualTo(Verdict.Undecided), "the later run is noisy");
            Assert.That(Judge(Cost, [10, 10, 10], [10, 10, 10]), Is.EqualTo(Verdict.Undecided), "nothing changed");
        });
    }

    [Test]
    public void Two_rounds_have_no_spread_to_speak_of() =>
        Assert.That(Judge(Cost, [10, 10], [20, 20]), Is.EqualTo(Verdict.TooFewRounds));

    [Test]
    public void What_the_direct_run_did_too_was_the_machine()
    {
        var (slower, faster) = (Rounds(Throughput, [1_000, 1_001, 1_002], [500, 501, 502]), Rounds(Throughput, [500, 501, 502], [1_000, 1_001, 1_002]));
        Assert.Multiple(() =>
        {
            Assert.That((slower with { Direct = slower }).Verdict, Is.EqualTo(Verdict.MachineMoved));
            Assert.That((slower with { Direct = faster }).Verdict, Is.EqualTo(Verdict.Worse), "it became slower though the machine became faster");
        });
    }

    [Test]
    public void Only_the_same_load_on_the_same_side_is_compared()
    {
        var before = Samples.Run(Samples.Series("1k", "direct", 1), Samples.Series("1k", "gateway", 2), Samples.Series("gone", "gateway", 3));
        var after = Samples.Run(Samples.Series("1k", "gateway", 4), Samples.Series("new", "gateway", 5));
        var costs = Comparison.Of(before, after).Where(one => one.Figure == Cost).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(costs, Has.Length.EqualTo(1));
            Assert.That((costs[0].Series.Workload, costs[0].Series.Side, costs[0].Ratio), Is.EqualTo(("1k", "gateway", 2.0)));
        });
    }

    private static Verdict Judge(Figure figure, double[] before, double[] after) => Rounds(figure, before, after).Verdict;

    private static Comparison Rounds(Figure figure, double[] before, double[] after) =>
        new(Samples.Series("1k", "gateway", 1), figure, before, after);
}
