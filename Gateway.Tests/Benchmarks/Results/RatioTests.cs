using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

internal sealed class RatioTests
{
    [Test]
    public void Rounds_are_divided_one_by_one()
    {
        var ours = Samples.Series("1k", "gateway", 0) with { Rounds = [Samples.Round(10), Samples.Round(30), Samples.Round(20)] };
        var peer = Samples.Series("1k", "nginx", 0) with { Rounds = [Samples.Round(20), Samples.Round(20), Samples.Round(20)] };
        var ratio = Ratio.Of([ours, peer], "gateway", "direct").Single(one => one.Title == "CPU us/req");
        Assert.That((ratio.Peer, ratio.Median, ratio.Lowest, ratio.Highest), Is.EqualTo(("nginx", 1.0, 0.5, 1.5)));
    }

    [Test]
    public void Nobody_is_compared_with_the_provider_itself() =>
        Assert.That(Ratio.Of([Samples.Series("1k", "gateway", 1), Samples.Series("1k", "direct", 1)], "gateway", "direct"), Is.Empty);

    [Test]
    public void Other_loads_are_not_divided_by_each_other() =>
        Assert.That(Ratio.Of([Samples.Series("1k", "gateway", 1), Samples.Series("40k", "nginx", 1)], "gateway", "direct"), Is.Empty);
}
