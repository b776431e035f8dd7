using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

internal sealed class ComparisonTests
{
    private static readonly Figure Cost = Figure.All.Single(figure => figure.Title == "CPU us/req");
    private static readonly Figure Throughput = Figure.All.Single(figure => figure.Title == "req/s");
    private static readonly double[] Quick = [1_000, 1_001, 1_002, 1_003, 1_004];
    private static readonly double[] Slow = [500, 501, 502, 503, 504];

    [Test]
    public void More_cost_than_the_spread_is_worse() =>
        Assert.That(Judge(Cost, [10, 11, 10.5, 10.2, 10.8], [13, 13.2, 12.9, 13.1, 13]), Is.EqualTo(Verdict.Worse));

    [Test]
    public void Less_cost_than_the_spread_is_better() =>
        Assert.That(Judge(Cost, [13, 13.2, 12.9, 13.1, 13], [10, 11, 10.5, 10.2, 10.8]), Is.EqualTo(Verdict.Better));

    [Test]
    public void More_throughput_is_better() =>
        Assert.That(Judge(Throughput, [1_000, 1_010, 1_005, 1_001, 1_002], [1_200, 1_210, 1_190, 1_195, 1_205]), Is.EqualTo(Verdict.Better));

    [Test]
    public void A_difference_within_the_spread_of_either_run_proves_nothing()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Judge(Cost, [10, 14, 12, 11, 13], [13, 13.1, 13.2, 13, 13]), Is.EqualTo(Verdict.Undecided), "the earlier run is noisy");
            Assert.That(Judge(Cost, [10, 10.1, 10.2, 10, 10], [9, 13, 12, 10, 14]), Is.EqualTo(Verdict.Undecided), "the later run is noisy");
            Assert.That(Judge(Cost, [10, 10, 10, 10, 10], [10, 10, 10, 10, 10]), Is.EqualTo(Verdict.Undecided), "nothing changed");
            Assert.That(Judge(Throughput, [1_000, 1_000, 1_000, 1_000, 1_000], [1_001, 1_001, 1_001, 1_001, 1_001]), Is.EqualTo(Verdict.Undecided), "nobody minds one in a thousand");
        });
    }

    [Test]
    public void Neither_more_rounds_nor_one_that_is_far_off_hide_a_difference() => Assert.Multiple(() =>
    {
        double[] before = [10, 10.1, 10.2, 9.9, 9.8];
        double[] after = [11, 11.1, 11.2, 10.9, 10.8];
        Assert.That(Judge(Cost, [.. before[..4], 30], after), Is.EqualTo(Verdict.Worse), "the machine was busy for one round");
        Assert.That(Comparison.Spread([.. before, .. before, .. before, .. before]), Is.EqualTo(Comparison.Spread(before)).Within(20).Percent);
    });

    [TestCase(0, 0, Verdict.Undecided)]
    [TestCase(0, 1, Verdict.Worse)]
    [TestCase(3, 0, Verdict.Better)]
    [TestCase(100, 110, Verdict.Undecided)]
    [TestCase(100, 200, Verdict.Worse)]
    public void More_of_a_thousand_requests_that_went_wrong_are_worse_whatever_the_rounds_say(long before, long after, Verdict verdict)
    {
        var comparison = Comparison.Of(Faulty(before), Faulty(after)).Single(one => one.Figure.Title == Figure.Faults);
        Assert.That(comparison.Verdict, Is.EqualTo(verdict));
    }

    [Test]
    public void Runs_that_were_not_made_alike_have_no_verdict()
    {
        var (before, after) = (Samples.Run(Samples.Series("1k", "gateway", 10)), Samples.Run(Samples.Series("1k", "gateway", 20)));
        var elsewhere = after with { Machine = after.Machine with { Cores = 64 } };
        var longer = after with { Series = [after.Series[0] with { Conditions = Samples.Conditions with { Seconds = 9 } }] };
        Assert.That(
            Comparison.Of(before, elsewhere).Concat(Comparison.Of(before, longer)).Select(static one => one.Verdict),
            Is.Not.Empty.And.All.EqualTo(Verdict.Unlike));
    }

    [Test]
    public void Four_rounds_have_no_spread_to_speak_of() =>
        Assert.That(Judge(Cost, [10, 10, 10, 10], [20, 20, 20, 20]), Is.EqualTo(Verdict.TooFewRounds));

    [Test]
    public void What_the_direct_run_did_too_was_the_machine()
    {
        var (slower, faster) = (Rounds(Throughput, Quick, Slow), Rounds(Throughput, Slow, Quick));
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

    private static LoadResult Faulty(long count)
    {
        var series = Samples.Series("1k", "gateway", 1);
        return Samples.Run(series with { Whole = series.Whole with { Requests = 1_000 - count, Faults = new Dictionary<string, long> { ["status 500"] = count } } });
    }

    private static Verdict Judge(Figure figure, double[] before, double[] after) => Rounds(figure, before, after).Verdict;

    private static Comparison Rounds(Figure figure, double[] before, double[] after) =>
        new(Samples.Series("1k", "gateway", 1), figure, before, after);
}
