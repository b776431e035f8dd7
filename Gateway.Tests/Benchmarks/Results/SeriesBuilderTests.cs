using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

/// <summary>Rounds, as one series.</summary>
internal sealed class SeriesBuilderTests
{
    private static readonly Window Window = new(1_000, 1_000 + (Timeline.Parts * 100));

    [Test]
    public void What_no_round_knows_the_series_does_not_know() => Assert.Multiple(() =>
    {
        var builder = new SeriesBuilder("1k", "direct", new Pace(1, 0), Samples.Conditions);
        builder.Add(Samples.Round(1), new Measurement(Window));
        Assert.That(builder.Build().Whole.Collections, Is.Null);
        builder.Add(Samples.Round(1) with { Collections = 2 }, new Measurement(Window));
        Assert.That(builder.Build().Whole.Collections, Is.EqualTo(2));
    });

    [Test]
    public void A_series_has_the_parts_of_all_its_rounds_one_behind_the_other()
    {
        var builder = new SeriesBuilder("1k", "direct", new Pace(1, 0), Samples.Conditions);
        foreach (var microseconds in (int[])[5, 9])
        {
            var seen = new Measurement(Window);
            seen.AddAnswer(intended: 1_050, sent: 1_050, firstByte: 1_060, end: 1_050 + (microseconds * 1_000 / 10), wasRetried: false, events: 0, told: ToldTiming.None);
            builder.Add(Samples.Round(1), seen);
        }

        var points = builder.Build().Timeline!;
        Assert.That(points.Select(static point => point.P50), Is.EqualTo((double[])[0.5, 0.9]).Within(1).Percent);
        Assert.That(points[1].Seconds - points[0].Seconds, Is.GreaterThan(1), "a round of a second lies between");
    }
}
