using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>The factor is an upper envelope: once calibrated it rises at once and falls only when whole windows say so.</summary>
[TestFixture]
internal sealed class CountCorrectionTests
{
    [Test]
    public void Changes_nothing_before_the_first_sample()
    {
        var correction = new CountCorrection();

        Assert.That(correction.Correct(1_000), Is.EqualTo(1_000));
        Assert.That(correction.IsCalibrated, Is.False);
    }

    [TestCase(0.7)]
    [TestCase(1.0)]
    [TestCase(1.6)]
    public void Is_never_low_by_more_than_a_twentieth_once_calibrated(double tokenizer)
    {
        var random = new Random(7);
        var correction = new CountCorrection();
        for (var exchange = 0; exchange < 20_000; exchange++)
        {
            var estimate = random.Next(1_000, 150_000);
            var reported = (long)(estimate * tokenizer * (0.9 + (0.2 * random.NextDouble())));
            if (correction.IsCalibrated)
            {
                Assert.That(correction.Correct(estimate), Is.InRange(reported * 0.95, Math.Max(estimate, reported * 1.25)));
            }

            correction.Learn(estimate, reported);
        }

        Assert.That(correction.IsCalibrated, Is.True);
    }

    [TestCase(700)]
    [TestCase(3_500)]
    public void Changes_nothing_before_it_is_calibrated(int reported)
    {
        var correction = new CountCorrection();
        Teach(correction, reported, CountCorrection.Window - 1);
        var before = correction.Correct(1_000);
        Teach(correction, reported, 1);

        Assert.That(before, Is.EqualTo(1_000));
        Assert.That(correction.Correct(1_000), Is.InRange(Math.Max(1_000, reported), Math.Max(1_000, reported + 1)));
    }

    [Test]
    public void Rises_with_one_sample_and_falls_after_two_windows()
    {
        var correction = new CountCorrection();
        Teach(correction, 1_000, CountCorrection.Window);
        Teach(correction, 1_500, 1);
        var risen = correction.Correct(1_000);
        Teach(correction, 1_000, CountCorrection.Window * 2);

        Assert.That(risen, Is.EqualTo(1_500));
        Assert.That(correction.Correct(1_000), Is.EqualTo(1_000));
    }

    [TestCase(CountCorrection.LeastEstimate - 1, 9_000)]
    [TestCase(1_000, 0)]
    public void Learns_nothing_from_what_tells_nothing(long estimate, long reported)
    {
        var correction = new CountCorrection();
        correction.Learn(estimate, reported);

        Assert.That(correction.Factor, Is.EqualTo(1));
    }

    [Test]
    public void Bounds_what_one_report_can_do()
    {
        var correction = new CountCorrection();
        Teach(correction, 1_000, CountCorrection.Window);
        correction.Learn(1_000, 1_000_000);

        Assert.That(correction.Factor, Is.EqualTo(4));
    }

    [Test]
    public void Loses_no_sample_to_a_race()
    {
        var correction = new CountCorrection();
        Parallel.For(0, CountCorrection.Window, sample => correction.Learn(1_000, 1_000 + sample));

        Assert.That(correction.IsCalibrated, Is.True);
        Assert.That(correction.Correct(1_000), Is.InRange(1_063, 1_064));
    }

    private static void Teach(CountCorrection correction, long reported, int samples)
    {
        for (var sample = 0; sample < samples; sample++)
        {
            correction.Learn(1_000, reported);
        }
    }
}
