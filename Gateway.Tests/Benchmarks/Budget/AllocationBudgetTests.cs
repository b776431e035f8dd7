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

    [Test]
    public void What_a_longer_run_does_not_find_again_was_the_run_itself()
    {
        var asked = new List<string[]>();
        var measured = Budget.Measure((milliseconds, only) =>
        {
            asked.Add([$"{milliseconds}", .. only ?? ["all"]]);
            return only is null ? Measured(("Wire.Head", 2_000), ("Relay.Tap", 64)) : Measured(("Wire.Head", milliseconds < 1_000 ? 80 : 0));
        });

        Assert.That(asked, Is.EqualTo((string[][])[["40", "all"], ["400", "Wire.Head"], ["4000", "Wire.Head"]]));
        Assert.That(Budget.Broken(measured), Is.Empty);
    }

    [Test]
    public void What_an_operation_allocates_is_found_each_time()
    {
        var measured = Budget.Measure((_, only) => only is null ? Measured(("Wire.Head", 32), ("Relay.Tap", 0)) : Measured(("Wire.Head", 32)));
        Assert.That(Budget.Broken(measured), Is.EqualTo((string[])["Wire.Head allocates 32 bytes, 0 are its budget"]));
    }

    private static Dictionary<string, long> Measured(params (string Name, long Bytes)[] all) => all.ToDictionary(one => one.Name, one => one.Bytes);
}
