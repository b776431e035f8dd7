using Gateway.Core.Compatibility;

namespace Gateway.Tests.Core.Compatibility;

[TestFixture]
internal sealed class CompatibilityMemoryTests
{
    private const long Day = 24L * 3600 * 1000;
    private const ulong Conversation = 7;
    private const ulong Another = 8;
    private const ulong Third = 9;

    [Test]
    public void A_field_is_dropped_with_its_beta_and_a_beta_with_its_field()
    {
        var memory = new CompatibilityMemory();
        Assert.That(memory.Learn(1, Conversation, new UnknownName(NamePlace.Field, "context_management"), 0), Is.True);
        Assert.That(memory.Learn(2, Conversation, new UnknownName(NamePlace.Beta, "per-turn-control-2026-07-01"), 0), Is.True);

        Assert.That(memory.Find(1, Conversation, 0)!.DropsBeta("context-management-2025-06-27"u8), Is.True);
        Assert.That(memory.Find(1, Conversation, 0)!.DropsBeta("effort-2025-11-24"u8), Is.False);
        Assert.That(memory.Find(2, Conversation, 0)!.MessageFields.Single(), Is.EqualTo("output_config"u8.ToArray()));
        Assert.That(memory.Find(3, Conversation, 0), Is.Null);
    }

    [Test]
    public void What_is_known_is_not_learned_twice_and_is_forgotten_after_a_day()
    {
        var memory = new CompatibilityMemory();
        var name = new UnknownName(NamePlace.Field, "safeguards");
        Assert.That(memory.Learn(1, Conversation, name, 0), Is.True);
        Assert.That(memory.Learn(1, Conversation, name, 1), Is.False, "leaving it out did not help");
        Assert.That(memory.Find(1, Conversation, Day - 1), Is.Not.Null);
        Assert.That(memory.Find(1, Conversation, Day), Is.Null);
        Assert.That(memory.Learn(1, Conversation, name, Day), Is.True);
    }

    [Test]
    public void What_one_conversation_finds_holds_for_it_and_what_a_second_finds_too_for_all()
    {
        var memory = new CompatibilityMemory();
        var name = new UnknownName(NamePlace.Field, "safeguards");
        Assert.That(memory.Learn(1, Conversation, name, 0), Is.True);
        Assert.That((memory.Find(1, Conversation, 0), memory.Find(1, Another, 0)), Is.EqualTo((memory.All.Single().Drops, (LearnedDrops?)null)));

        Assert.That(memory.Learn(1, Another, name, 0), Is.True);
        Assert.That(memory.Find(1, Third, 0)!.Names, Is.EqualTo(memory.Find(1, Another, 0)!.Names));
        Assert.That(memory.Find(2, Third, 0), Is.Null, "another model");
    }

    [Test]
    public void A_conversation_leaves_out_what_all_do_and_what_it_found_itself()
    {
        var memory = new CompatibilityMemory();
        var general = new UnknownName(NamePlace.Field, "safeguards");
        var own = new UnknownName(NamePlace.Field, "x_y");
        memory.Learn(1, Conversation, general, 0);
        memory.Learn(1, Another, general, 0);
        memory.Learn(1, Third, own, 0);
        Assert.That(memory.Find(1, Third, 0)!.Names, Does.Contain(general).And.Contain(own));
        Assert.That(memory.Find(1, Conversation, 0)!.Names, Does.Contain(general).And.Not.Contain(own));
    }

    [Test]
    public void Every_beta_goes_where_none_is_named()
    {
        var memory = new CompatibilityMemory();
        memory.Learn(1, Conversation, new UnknownName(NamePlace.Beta, "*"), 0);
        Assert.That(memory.Find(1, Conversation, 0)!.DropsBeta("anything-2030-01-01"u8), Is.True);
    }

    [Test]
    public void It_is_bounded()
    {
        var memory = new CompatibilityMemory();
        for (ulong model = 0; model < 1_000; model++)
        {
            memory.Learn(model, Conversation, new UnknownName(NamePlace.Field, "x_y"), 0);
        }

        Assert.That(memory.All.Count(), Is.EqualTo(256));
    }
}
