using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

internal sealed class PercentilesTests
{
    [Test]
    public void Percentiles_are_right_to_three_digits()
    {
        var seen = new Measurement(default);
        for (var microsecond = 1; microsecond <= 10_000; microsecond++)
        {
            seen.AddEvent(sent: 0, came: microsecond * 1_000);
        }

        var all = Percentiles.Of(seen.EventDelay)!;
        Assert.Multiple(() =>
        {
            Assert.That(all.Count, Is.EqualTo(10_000));
            Assert.That(all.Mean, Is.EqualTo(5_000.5).Within(0.1).Percent);
            Assert.That(all.P50, Is.EqualTo(5_000).Within(0.1).Percent);
            Assert.That(all.P90, Is.EqualTo(9_000).Within(0.1).Percent);
            Assert.That(all.P99, Is.EqualTo(9_900).Within(0.1).Percent);
            Assert.That(all.P999, Is.EqualTo(9_990).Within(0.1).Percent);
            Assert.That(all.Max, Is.EqualTo(10_000).Within(0.1).Percent);
        });
    }

    [Test]
    public void Nothing_has_no_percentiles() =>
        Assert.That(Percentiles.Of(new Measurement(default).Total), Is.Null);

    [Test]
    public void Times_count_from_the_intended_sending()
    {
        var seen = new Measurement(default);
        seen.AddAnswer(intended: 1_000_000, sent: 4_000_000, firstByte: 5_000_000, end: 6_000_000, wasRetried: false, events: 0, told: ToldTiming.None);
        Assert.Multiple(() =>
        {
            Assert.That(Percentiles.Of(seen.Total)!.Max, Is.EqualTo(5_000).Within(0.1).Percent);
            Assert.That(Percentiles.Of(seen.FirstByte)!.Max, Is.EqualTo(4_000).Within(0.1).Percent);
            Assert.That(Percentiles.Of(seen.SendLag)!.Max, Is.EqualTo(3_000).Within(0.1).Percent);
            Assert.That(seen.Retried.TotalCount, Is.Zero);
        });
    }

    [Test]
    public void A_median_is_the_middle_and_knows_what_is_missing()
    {
        Assert.Multiple(() =>
        {
            Assert.That(SeriesBuilder.Median([3, 1, null, 2]), Is.EqualTo(2));
            Assert.That(SeriesBuilder.Median([4, 1]), Is.EqualTo(2.5));
            Assert.That(SeriesBuilder.Median([null]), Is.Null);
        });
    }
}
