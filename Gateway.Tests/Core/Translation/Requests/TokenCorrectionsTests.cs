using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Which of two ways to know a request's tokens is the better one, and when it is worth checking.</summary>
[TestFixture]
internal sealed class TokenCorrectionsTests
{
    private const int Estimated = 1_000;

    [Test]
    public void A_count_is_preferred_while_nothing_is_calibrated() => Assert.That(new TokenCorrections().PrefersCount, Is.True);

    [Test]
    public void A_calibrated_estimate_is_better_than_a_count_that_is_not_and_worse_than_one_that_is()
    {
        var corrections = new TokenCorrections();

        Repeat(() => corrections.Estimate.Learn(Estimated, Estimated * 2));
        var withEstimates = corrections.PrefersCount;
        Repeat(() => corrections.LearnCount(Estimated, Estimated * 2));

        Assert.That((withEstimates, corrections.PrefersCount), Is.EqualTo((false, true)));
    }

    [Test]
    public void Every_exchange_is_a_sample_until_counts_are_calibrated_and_one_in_sixteen_afterwards()
    {
        var corrections = new TokenCorrections();
        var before = Enumerable.Range(0, 160).Count(_ => corrections.TakesSample());
        Repeat(() => corrections.LearnCount(Estimated, Estimated));

        Assert.That((before, Enumerable.Range(0, 160).Count(_ => corrections.TakesSample())), Is.EqualTo((160, 10)));
    }

    [Test]
    public void What_a_count_would_have_said_is_told_once()
    {
        var corrections = new TokenCorrections();
        Repeat(() => corrections.LearnCount(Estimated, Estimated * 2));
        corrections.LearnCount(Estimated, Estimated);

        Assert.That((corrections.TakeCountRatio(), corrections.TakeCountRatio()), Is.EqualTo((2_000_000, 0)));
    }

    [Test]
    public void What_was_not_reported_teaches_nothing()
    {
        var corrections = new TokenCorrections();

        corrections.LearnCount(Estimated, 0);

        Assert.That(corrections.TakeCountRatio(), Is.Zero);
    }

    private static void Repeat(Action learn)
    {
        for (var i = 0; i < CountCorrection.Window; i++)
        {
            learn();
        }
    }
}
