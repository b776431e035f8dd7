using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Telemetry;

[TestFixture]
internal sealed class GatewayCountersTests
{
    [Test]
    public void Sums_up_what_every_writer_counted()
    {
        var counters = new GatewayCounters(2);
        counters.CellsOf(0).Add(Counter.BytesIn, 10);
        counters.CellsOf(1).Add(Counter.BytesIn, 5);
        counters.CellsOf(1).Add(Counter.CacheCreationTokens);
        Assert.That(counters.Total(Counter.BytesIn), Is.EqualTo(15));
        Assert.That(counters.Total(Counter.CacheCreationTokens), Is.EqualTo(1));
        Assert.That(counters.Total(Counter.Requests), Is.Zero);
    }

    [Test]
    public void Has_a_cell_of_its_own_for_every_counter()
    {
        var counters = new GatewayCounters(1);
        foreach (var counter in Enum.GetValues<Counter>())
        {
            counters.CellsOf(0).Add(counter, 100 + (int)counter);
        }

        Assert.That(
            Enum.GetValues<Counter>().Select(counters.Total),
            Is.EqualTo(Enum.GetValues<Counter>().Select(counter => 100L + (int)counter)));
    }

    [Test]
    public void Open_connections_are_those_not_yet_closed_on_whatever_thread()
    {
        var counters = new GatewayCounters(2);
        counters.CellsOf(0).Add(Counter.ConnectionsOpened, 3);
        counters.CellsOf(1).Add(Counter.ConnectionsClosed);
        Assert.That(counters.ConnectionsOpen, Is.EqualTo(2));
    }

    [TestCase(ExchangeOutcome.Succeeded, Counter.Successes)]
    [TestCase(ExchangeOutcome.ClientFault, Counter.ClientFaults)]
    [TestCase(ExchangeOutcome.ClientAborted, Counter.ClientAborts)]
    [TestCase(ExchangeOutcome.ProviderFault, Counter.ProviderFaults)]
    [TestCase(ExchangeOutcome.GatewayFault, Counter.GatewayFaults)]
    public void An_exchange_counts_once_and_for_its_outcome(ExchangeOutcome outcome, Counter expected)
    {
        var counters = new GatewayCounters(1);
        counters.CellsOf(0).Count(new ExchangeRecord
        {
            Outcome = outcome,
            Attempts = 3,
            BytesIn = 10,
            BytesOut = 20,
            Usage = new Usage(1, 2, Usage.NotReported, 4, UsageSource.Final),
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counters.Total(Counter.Requests), Is.EqualTo(1));
            Assert.That(counters.Total(expected), Is.EqualTo(1));
            Assert.That(counters.Total(Counter.Retries), Is.EqualTo(2));
            Assert.That(counters.Total(Counter.BytesOut), Is.EqualTo(20));
            Assert.That(counters.Total(Counter.OutputTokens), Is.EqualTo(2));
            Assert.That(counters.Total(Counter.CacheReadTokens), Is.Zero);
            Assert.That(counters.Total(Counter.CacheCreationTokens), Is.EqualTo(4));
        }
    }

    [Test]
    public void Counting_allocates_nothing()
    {
        var cells = new GatewayCounters(1).CellsOf(0);
        cells.Count(new ExchangeRecord());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            cells.Count(new ExchangeRecord { Attempts = 1, Usage = new Usage(1, 2, 3, 4, UsageSource.Final) });
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
