using Gateway.Core.Admission;
using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Admission;

[TestFixture]
internal sealed class BudgetTests
{
    private const long Longest = 15 * 60_000;

    private static readonly DateTimeOffset Noon = new(2026, 12, 30, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void What_is_spent_counts_until_midnight_and_until_the_first()
    {
        var budget = Make(daily: 100, monthly: 150);
        Spend(budget, 100, Noon);
        Assert.That(budget.TryReserve(1, Noon, 0, Longest, out _), Is.False);
        Assert.That(budget.ResetsAt(Noon), Is.EqualTo(new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero)));

        Spend(budget, 50, Noon.AddDays(1));
        Assert.That(budget.TryReserve(1, Noon.AddDays(1), 0, Longest, out _), Is.False, "the month is spent");
        Assert.That(budget.ResetsAt(Noon.AddDays(1)), Is.EqualTo(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));

        Assert.That(budget.TryReserve(1, Noon.AddDays(2), 0, Longest, out _), Is.True);
        Assert.That(budget.Spent(Noon.AddDays(2)), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void Many_at_a_time_can_not_reserve_more_than_there_is()
    {
        var budget = Make(daily: 100, monthly: 0);
        var leases = new List<BudgetLease>();
        while (budget.TryReserve(30, Noon, 0, Longest, out var lease))
        {
            leases.Add(lease);
        }

        Assert.That(leases, Has.Count.EqualTo(3));
        foreach (var lease in leases)
        {
            budget.Settle(lease, 10, Noon);
        }

        Assert.That(budget.Remaining(Noon), Is.EqualTo(70));
        Assert.That(budget.RemainingShare(Noon), Is.EqualTo(0.7).Within(1e-9));
        Assert.That(budget.TryReserve(70, Noon, 0, Longest, out _), Is.True);
    }

    [Test]
    public void One_request_may_be_estimated_higher_than_what_is_left() =>
        Assert.That(Make(daily: 100, monthly: 0).TryReserve(5_000, Noon, 0, Longest, out _), Is.True);

    [Test]
    public void A_lease_that_nobody_settles_outlives_its_exchange_and_then_runs_out()
    {
        const long HalfAnHour = 2 * Longest;
        var budget = Make(daily: 100, monthly: 0);
        Assert.That(budget.TryReserve(90, Noon, 0, Longest, out var forgotten), Is.True);
        Assert.That(budget.TryReserve(90, Noon, Longest, Longest, out _), Is.False, "it may still be running");
        Assert.That(budget.TryReserve(90, Noon, HalfAnHour + Longest, Longest, out var other), Is.True);
        budget.Settle(forgotten, 5, Noon);
        budget.Settle(other, 5, Noon);
        Assert.That(budget.Remaining(Noon), Is.EqualTo(90), "what it cost is booked all the same");
        Assert.That(budget.TryReserve(90, Noon, HalfAnHour + Longest, Longest, out _), Is.True, "and nothing else is held");
    }

    [TestCase(3_600_000)]
    [TestCase(24 * 3_600_000)]
    [TestCase(long.MaxValue / 2)]
    public void A_long_exchange_holds_its_money_as_long_as_it_runs_up_to_a_day(long longestMs)
    {
        var budget = Make(daily: 100, monthly: 0);
        Assert.That(budget.TryReserve(90, Noon, 0, longestMs, out var lease), Is.True);
        Assert.That(budget.TryReserve(90, Noon, Math.Min(longestMs, 24 * 3_600_000), longestMs, out _), Is.False);
        budget.Settle(lease, 0, Noon);
        Assert.That(budget.TryReserve(90, Noon, 0, longestMs, out _), Is.True);
    }

    [TestCase(9_999, 0)]
    [TestCase(0, 9_999)]
    [TestCase(9_999, 12_000)]
    public void Sixty_four_threads_reserve_exactly_what_there_is(long daily, long monthly)
    {
        var budget = Make(daily, monthly);
        var granted = 0L;
        InSixtyFourThreads(() =>
        {
            while (budget.TryReserve(3, Noon, 0, Longest, out _))
            {
                Interlocked.Add(ref granted, 3);
            }
        });
        Assert.That(granted, Is.EqualTo(9_999));
    }

    [Test]
    public void Sixty_four_threads_that_reserve_and_settle_spend_exactly_what_there_is()
    {
        var budget = Make(daily: 99_999, monthly: 0);
        InSixtyFourThreads(() =>
        {
            while (budget.Remaining(Noon) > 0)
            {
                if (budget.TryReserve(3, Noon, 0, Longest, out var lease))
                {
                    budget.Settle(lease, 3, Noon);
                }
            }
        });
        Assert.That(budget.Spent(Noon).Today, Is.EqualTo(99_999));
    }

    [Test]
    public void Leases_that_are_settled_while_they_run_out_are_given_back_once()
    {
        var budget = Make(daily: 1_000_000, monthly: 0);
        InSixtyFourThreads(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                // Quarters pass while it runs, so some have run out when they are settled, and some are never settled at all.
                if (budget.TryReserve(7, Noon, i * Longest / 4, Longest, out var lease) && i % 3 != 0)
                {
                    budget.Settle(lease, 0, Noon);
                }
            }
        });
        var later = 1_000 * Longest;
        Assert.That(budget.TryReserve(999_999, Noon, later, Longest, out var most), Is.True);
        Assert.That(budget.TryReserve(1, Noon, later, Longest, out _), Is.True, "nothing is held any more");
        Assert.That(budget.TryReserve(1, Noon, later, Longest, out _), Is.False, "nor given back twice");
        budget.Settle(most, 0, Noon);
        Assert.That(budget.TryReserve(999_999, Noon, later, Longest, out _), Is.True);
    }

    [Test]
    public void Reserving_and_settling_allocates_nothing()
    {
        var budget = Make(daily: 100, monthly: 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _ = budget.TryReserve(3, Noon, i * Longest, Longest, out var lease);
            budget.Settle(lease, 0, Noon);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Sixty_four_threads_book_every_cent()
    {
        var budget = Make(daily: 1_000_000, monthly: 0);
        InSixtyFourThreads(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.That(budget.TryReserve(3, Noon, i, Longest, out var lease), Is.True);
                budget.Settle(lease, 2, Noon);
            }
        });
        Assert.That(budget.Spent(Noon).Today, Is.EqualTo(64 * 100 * 2));
    }

    [Test]
    public void A_reload_keeps_what_was_spent()
    {
        var before = new BudgetBook([new BudgetConfig { Name = "total", DailyMicroUsd = 100 }, new BudgetConfig { Name = "alice", DailyMicroUsd = 9 }]);
        Spend(before.Of("alice")!, 4, Noon);
        var after = new BudgetBook([new BudgetConfig { Name = "alice", DailyMicroUsd = 20 }], before);
        Assert.That(after.Of("alice")!.Remaining(Noon), Is.EqualTo(16));
        Assert.That((after.Total, before.Of("total")), Is.EqualTo(((Budget?)null, (Budget?)null)));
    }

    private static void InSixtyFourThreads(Action work)
    {
        using var start = new Barrier(64);
        var threads = Enumerable.Range(0, 64).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            work();
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private static Budget Make(long daily, long monthly) =>
        new BudgetBook([new BudgetConfig { Name = "total", DailyMicroUsd = daily, MonthlyMicroUsd = monthly }]).Total!;

    private static void Spend(Budget budget, long microUsd, DateTimeOffset now)
    {
        Assert.That(budget.TryReserve(microUsd, now, 0, Longest, out var lease), Is.True);
        budget.Settle(lease, microUsd, now);
    }
}
