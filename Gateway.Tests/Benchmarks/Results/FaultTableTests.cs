using Gateway.Benchmarks.Results;

namespace Gateway.Tests.Benchmarks.Results;

internal sealed class FaultTableTests
{
    [Test]
    public void The_commonest_reasons_come_first_and_the_rare_ones_are_one()
    {
        var series = Samples.Series("1k", "gateway", 1);
        var faults = Enumerable.Range(1, 8).ToDictionary(static count => $"reason {count}", static count => (long)count);
        series = series with { Whole = series.Whole with { Requests = 36, Faults = faults } };
        Assert.That(FaultTable.Of([Samples.Series("1k", "direct", 1), series])!.Skip(1).Select(static row => string.Join('|', row.Skip(3))), Is.EqualTo((string[])
        [
            "reason 8|8|11.1", "reason 7|7|9.72", "reason 6|6|8.33", "reason 5|5|6.94", "reason 4|4|5.56", "3 other reasons|6|8.33",
        ]));
    }

    [Test]
    public void Without_a_fault_there_is_no_table() => Assert.That(FaultTable.Of([Samples.Series("1k", "gateway", 1)]), Is.Null);
}
