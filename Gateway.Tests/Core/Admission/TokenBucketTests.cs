using Gateway.Core.Admission;

namespace Gateway.Tests.Core.Admission;

[TestFixture]
internal sealed class TokenBucketTests
{
    private const long Minute = 60_000;

    [Test]
    public void Gives_what_it_holds_and_then_what_flows_in()
    {
        var bucket = new TokenBucket(60);
        Assert.That(TakeAll(bucket, 1_000), Is.EqualTo(60));
        Assert.That(TakeAll(bucket, 1_999), Is.Zero);
        Assert.That(TakeAll(bucket, 2_000), Is.EqualTo(1));
        Assert.That(TakeAll(bucket, 12_000), Is.EqualTo(10));
        Assert.That(TakeAll(bucket, 12_000 + (10 * Minute)), Is.EqualTo(60), "never more than it holds");
    }

    [Test]
    public void Says_how_long_to_wait()
    {
        var bucket = new TokenBucket(60);
        Assert.That(bucket.TryTake(60, 0, out _), Is.True);
        Assert.That(bucket.TryTake(3, 500, out var wait), Is.False);
        Assert.That(wait, Is.EqualTo(2_500));
        Assert.That(bucket.TryTake(3, 500 + wait - 1, out _), Is.False);
        Assert.That(bucket.TryTake(3, 500 + wait, out _), Is.True);
    }

    [Test]
    public void Gives_more_than_it_can_hold_when_it_is_full_and_then_nothing_until_that_is_made_up_for()
    {
        var bucket = new TokenBucket(100);
        Assert.That(bucket.TryTake(300, 0, out _), Is.True);
        Assert.That(bucket.Level(0), Is.EqualTo(-200));
        Assert.That(bucket.TryTake(1, 2 * Minute, out _), Is.False);
        Assert.That(bucket.TryTake(1, (2 * Minute) + 600, out _), Is.True);
    }

    [Test]
    public void A_charge_may_go_below_zero_and_a_gift_never_above_full()
    {
        var bucket = new TokenBucket(100);
        bucket.Charge(150, 0);
        Assert.That(bucket.Level(0), Is.EqualTo(-50));
        Assert.That(bucket.EmptyForMs(0), Is.EqualTo(30_600));
        bucket.Charge(-1_000, 0);
        Assert.That(bucket.Level(0), Is.EqualTo(100));
        Assert.That(bucket.EmptyForMs(0), Is.Zero);
    }

    [Test]
    public void A_correction_lowers_the_level_and_never_raises_it()
    {
        var bucket = new TokenBucket(100);
        bucket.CorrectTo(30, 0);
        Assert.That(bucket.Level(0), Is.EqualTo(30));
        bucket.CorrectTo(80, 0);
        Assert.That(bucket.Level(0), Is.EqualTo(30));
        bucket.CorrectTo(1_000, 0);
        Assert.That(bucket.Level(0), Is.EqualTo(30));
    }

    [Test]
    public void Sixty_four_threads_get_exactly_what_it_holds_and_what_flows_in()
    {
        var bucket = new TokenBucket(6_000);
        var granted = 0L;
        using var phase = new Barrier(64);
        var threads = Enumerable.Range(0, 64).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                if (i == 100)
                {
                    phase.SignalAndWait();
                }

                if (bucket.TryTake(1, i < 100 ? 0 : Minute / 2, out var _))
                {
                    Interlocked.Increment(ref granted);
                }
            }
        })).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        Assert.That(granted, Is.EqualTo(6_000 + 3_000));
        Assert.That(bucket.Level(Minute / 2), Is.Zero);
    }

    [Test]
    public void Lets_time_run_for_years_at_the_highest_rate()
    {
        var bucket = new TokenBucket(100_000_000);
        const long TwoYears = 2L * 366 * 24 * 3600 * 1000;
        Assert.That(bucket.TryTake(100_000_000, TwoYears, out _), Is.True);
        Assert.That(bucket.TryTake(1, TwoYears, out var wait), Is.False);
        Assert.That(wait, Is.EqualTo(1));
    }

    private static int TakeAll(TokenBucket bucket, long now)
    {
        var taken = 0;
        while (bucket.TryTake(1, now, out _))
        {
            taken++;
        }

        return taken;
    }
}
