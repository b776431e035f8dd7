using Gateway.Core.Failover;

namespace Gateway.Tests.Core.Failover;

[TestFixture]
internal sealed class RetryBudgetTests
{
    [TestCase(0, 3)]
    [TestCase(10, 3)]
    [TestCase(100, 20)]
    public void Allows_a_fifth_of_what_is_under_way_and_at_least_three(int active, int retries)
    {
        var budget = new RetryBudget();
        for (var i = 0; i < active; i++)
        {
            budget.Enter();
        }

        Assert.That(Enumerable.Range(0, 100).Count(_ => budget.TryBeginRetry()), Is.EqualTo(retries));
        budget.EndRetry();
        Assert.That(budget.TryBeginRetry(), Is.True, "a place that was given back");
    }

    [Test]
    public void Never_allows_too_many_to_64_threads()
    {
        var budget = new RetryBudget();
        var most = 0;
        var running = 0;
        var threads = Enumerable.Range(0, 64).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                if (budget.TryBeginRetry())
                {
                    var now = Interlocked.Increment(ref running);
                    InterlockedMax(ref most, now);
                    Interlocked.Decrement(ref running);
                    budget.EndRetry();
                }
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.That(most, Is.InRange(1, RetryBudget.Least));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
