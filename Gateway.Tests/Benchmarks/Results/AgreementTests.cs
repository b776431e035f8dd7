using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

/// <summary>The gateway's own times beside its clients'.</summary>
internal sealed class AgreementTests
{
    [TestCase(100_000, 104_000, true)]
    [TestCase(100_000, 94_000, false)]
    [TestCase(104_000, 100_000, true)]
    [TestCase(1_000, 2_000, null)]
    public void Five_percent_of_what_was_seen_are_allowed_where_that_is_long_enough(double told, double seen, bool? holds) =>
        Assert.That(new Agreement("w", "32 clients", "duration", told, seen).Holds, Is.EqualTo(holds));

    [Test]
    public void Overhead_stands_beside_what_was_added_and_is_not_judged() =>
        Assert.That(new Agreement("w", "32 clients", "overhead", 30_000, 60_000).Holds, Is.Null);

    [Test]
    public void Only_what_both_know_is_compared()
    {
        var silent = Samples.Series("1k", "nginx", 1);
        var telling = Telling(silent, [new ToldMeans(null, 90, null, 99, null)]);

        Assert.That(
            Agreement.Of([silent, telling]).Select(static one => (one.What, one.Told, one.Seen)),
            Is.EqualTo(((string, double, double)[])[("duration", 99, 100)]));
    }

    [Test]
    public void The_middle_round_is_compared_from_the_real_sending_on_and_the_overhead_with_what_was_added()
    {
        var direct = Samples.Series("1k", "direct", 0);
        direct = direct with { Rounds = [.. direct.Rounds.Select(static round => round with { FirstByte = Mean(70), SendLag = Mean(5) })] };
        var telling = Telling(Samples.Series("1k", "gateway", 1), [new(91, 92, 11, 93, 21) { Provider = 66 }, new(94, 95, 12, 96, 22), new(10, 10, 10, 10, 10)]);
        telling = telling with { Rounds = [.. telling.Rounds.Select(static round => round with { FirstByte = Mean(98), SendLag = Mean(6), PerEvent = 13 })] };

        Assert.That(
            Agreement.Of([direct, telling]).Select(static one => (one.What, one.Told, one.Seen)),
            Is.EqualTo(((string, double, double)[])
            [
                ("server-timing", 91, 92), ("provider of that", 66, 65), ("time to first chunk", 92, 92), ("time per output chunk", 11, 13), ("duration", 93, 94), ("overhead", 21, 27),
            ]));
    }

    private static Percentiles Mean(double mean) => new() { Count = 1, Mean = mean, P50 = mean, P90 = mean, P99 = mean, P999 = mean, Max = mean };

    private static Series Telling(Series series, ToldMeans[] told) =>
        series with { Rounds = [.. told.Select(means => series.Rounds[0] with { Told = means, SendLag = Mean(0) })] };
}
