using Gateway.Core.Compatibility;

namespace Gateway.Tests.Core.Compatibility;

[TestFixture]
internal sealed class CompatibilityMemoryTests
{
    private const long Day = 24L * 3600 * 1000;

    [Test]
    public void A_field_is_dropped_with_its_beta_and_a_beta_with_its_field()
    {
        var memory = new CompatibilityMemory();
        Assert.That(memory.Learn(1, new UnknownName(NamePlace.Field, "context_management"), 0), Is.True);
        Assert.That(memory.Learn(2, new UnknownName(NamePlace.Beta, "per-turn-control-2026-07-01"), 0), Is.True);

        Assert.That(memory.Find(1, 0)!.DropsBeta("context-management-2025-06-27"u8), Is.True);
        Assert.That(memory.Find(1, 0)!.DropsBeta("effort-2025-11-24"u8), Is.False);
        Assert.That(memory.Find(2, 0)!.MessageFields.Single(), Is.EqualTo("output_config"u8.ToArray()));
        Assert.That(memory.Find(3, 0), Is.Null);
    }

    [Test]
    public void What_is_known_is_not_learned_twice_and_is_forgotten_after_a_day()
    {
        var memory = new CompatibilityMemory();
        var name = new UnknownName(NamePlace.Field, "safeguards");
        Assert.That(memory.Learn(1, name, 0), Is.True);
        Assert.That(memory.Learn(1, name, 1), Is.False, "leaving it out did not help");
        Assert.That(memory.Find(1, Day - 1), Is.Not.Null);
        Assert.That(memory.Find(1, Day), Is.Null);
        Assert.That(memory.Learn(1, name, Day), Is.True);
    }

    [Test]
    public void Every_beta_goes_where_none_is_named()
    {
        var memory = new CompatibilityMemory();
        memory.Learn(1, new UnknownName(NamePlace.Beta, "*"), 0);
        Assert.That(memory.Find(1, 0)!.DropsBeta("anything-2030-01-01"u8), Is.True);
    }

    [Test]
    public void It_is_bounded()
    {
        var memory = new CompatibilityMemory();
        for (ulong model = 0; model < 1_000; model++)
        {
            memory.Learn(model, new UnknownName(NamePlace.Field, "x_y"), 0);
        }

        Assert.That(memory.All.Count(), Is.EqualTo(64));
    }
}
