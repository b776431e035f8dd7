using Gateway.Core.Admission;
using Gateway.Core.Configuration;
using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Admission;

[TestFixture]
internal sealed class RateLimitsTests
{
    [Test]
    public void Lets_so_many_in_at_a_time()
    {
        var limits = new RateLimits(new LimitConfig { MaxInFlight = 2 });
        Assert.That(Enter(limits) && Enter(limits), Is.True);
        Assert.That(Enter(limits), Is.False);
        limits.Leave(0, Usage.None, 0);
        Assert.That(Enter(limits), Is.True);
        Assert.That(limits.InFlight, Is.EqualTo(2));
    }

    [Test]
    public void Sixty_four_threads_get_exactly_what_each_limit_holds()
    {
        var limits = new RateLimits(new LimitConfig { RequestsPerMinute = 1_000, InputTokensPerMinute = 30_000, MaxInFlight = 500 });
        var granted = 0;
        var threads = Enumerable.Range(0, 64).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                if (limits.TryEnter(10, 0, out var _))
                {
                    Interlocked.Increment(ref granted);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.That(granted, Is.EqualTo(500));
        Assert.That(limits.InFlight, Is.EqualTo(500));
        Assert.That(limits.Remaining(0), Is.EqualTo((500L, 25_000L, -1L)), "who found no place took nothing else");
    }

    [Test]
    public void A_refusal_takes_nothing()
    {
        var limits = new RateLimits(new LimitConfig { RequestsPerMinute = 10, InputTokensPerMinute = 100, MaxInFlight = 10 });
        Assert.That(limits.TryEnter(90, 0, out _), Is.True);
        Assert.That(limits.TryEnter(20, 0, out var wait), Is.False);
        Assert.That(wait, Is.EqualTo(6_000));
        Assert.That(limits.Remaining(0), Is.EqualTo((9L, 10L, -1L)));
        Assert.That(limits.InFlight, Is.EqualTo(1));
    }

    [Test]
    public void Input_is_settled_and_output_charged_when_both_are_known()
    {
        var limits = new RateLimits(new LimitConfig { InputTokensPerMinute = 100, OutputTokensPerMinute = 50 });
        Assert.That(limits.TryEnter(90, 0, out _), Is.True);
        limits.Leave(estimated: 90, new Usage(30, 80, 5_000, 10, UsageSource.Final), nowMs: 0);
        Assert.That(limits.Remaining(0), Is.EqualTo((-1L, 60L, -30L)));
        Assert.That(limits.TryEnter(1, 0, out var wait), Is.False, "in debt for output");
        Assert.That(wait, Is.EqualTo(37_200));
        Assert.That(limits.TryEnter(1, wait, out _), Is.True);
    }

    [TestCase(false, 60)]
    [TestCase(true, 55)]
    public void What_the_prompt_cache_held_counts_only_where_the_vendor_counts_it(bool counts, long left)
    {
        var limits = new RateLimits(new LimitConfig { InputTokensPerMinute = 100, CountsCacheReads = counts });
        Assert.That(limits.TryEnter(90, 0, out _), Is.True);
        limits.Leave(90, new Usage(30, 80, 5, 10, UsageSource.Final), 0);
        Assert.That(limits.Remaining(0).Input, Is.EqualTo(left));
    }

    [Test]
    public void The_providers_word_goes_over_our_estimate()
    {
        var limits = new RateLimits(new LimitConfig { RequestsPerMinute = 100, InputTokensPerMinute = 100 });
        limits.Correct(3, -1, -1, 0);
        Assert.That(limits.Remaining(0), Is.EqualTo((3L, 100L, -1L)));
    }

    [Test]
    public void A_reload_keeps_what_is_left()
    {
        var config = new LimitConfig { RequestsPerMinute = 10 };
        var before = RateLimits.For(config, null, 0)!;
        Assert.That(Enter(before), Is.True);
        Assert.That(RateLimits.For(config with { }, before, 0), Is.SameAs(before));
        var after = RateLimits.For(config with { RequestsPerMinute = 5 }, before, 0)!;
        Assert.That(after.Remaining(0).Requests, Is.EqualTo(5));
        for (var i = 0; i < 7; i++)
        {
            Assert.That(Enter(before), Is.True);
        }

        Assert.That(RateLimits.For(config with { RequestsPerMinute = 5 }, before, 0)!.Remaining(0).Requests, Is.EqualTo(2));
        Assert.That(RateLimits.For(new LimitConfig(), before, 0), Is.Null);
    }

    [Test]
    public void Entering_and_leaving_allocates_nothing()
    {
        var limits = new RateLimits(new LimitConfig { RequestsPerMinute = 1_000_000, InputTokensPerMinute = 1_000_000, OutputTokensPerMinute = 1_000_000, MaxInFlight = 5 });
        _ = Enter(limits);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _ = limits.TryEnter(10, i, out _);
            limits.Leave(10, new Usage(8, 2, 0, 0, UsageSource.Final), i);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static bool Enter(RateLimits limits) => limits.TryEnter(0, 0, out _);
}
