using Gateway.Benchmarks.Budget;

namespace Gateway.Tests.Benchmarks.Budget;

internal sealed class AllocationBudgetTests
{
    private static readonly AllocationBudget Budget = new(new Dictionary<string, long> { ["Wire.Head"] = 0, ["Relay.Tap"] = 64 });

    [Test]
    public void What_stays_within_its_budget_passes() =>
        Assert.That(Budget.Broken(Measured(("Wire.Head", 0), ("Relay.Tap", 40))), Is.Empty);

    [Test]
    public void One_byte_more_fails() =>
        Assert.That(Budget.Broken(Measured(("Wire.Head", 1), ("Relay.Tap", 64))), Is.EqualTo((string[])["Wire.Head allocates 1 bytes, 0 are its budget"]));

    [Test]
    public void What_has_no_budget_fails() =>
        Assert.That(Budget.Broken(Measured(("Wire.Head", 0), ("Relay.Tap", 0), ("Wire.New", 0))), Has.One.Contains("Wire.New"));

    [Test]
    public void A_budget_without_its_benchmark_fails() =>
        Assert.That(Budget.Broken(Measured(("Wire.Head", 0))), Has.One.Contains("Relay.Tap"));

    private static Dictionary<string, long> Measured(params (string Name, long Bytes)[] all) => all.ToDictionary(one => one.Name, one => one.Bytes);
}
