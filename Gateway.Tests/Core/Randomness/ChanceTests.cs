using Gateway.Core.Randomness;

namespace Gateway.Tests.Core.Randomness;

[TestFixture]
internal sealed class ChanceTests
{
    [Test]
    public void The_same_seed_draws_the_same_lots()
    {
        var one = new Chance(7);
        var other = new Chance(7);
        Assert.That(Enumerable.Range(0, 100).Select(_ => one.NextDouble()), Is.EqualTo(Enumerable.Range(0, 100).Select(_ => other.NextDouble())));
    }

    [Test]
    public void Every_lot_is_as_likely_as_the_next()
    {
        var chance = new Chance(1);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
        {
            counts[chance.Next(counts.Length)]++;
        }

        Assert.That(counts, Has.All.InRange(9_500, 10_500));
    }

    [Test]
    public void A_seed_without_randomness_is_refused()
    {
        Assert.That(() => new Chance(new byte[Chance.SeedLength]), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new Chance([1, 2, 3]), Throws.InstanceOf<ArgumentException>());
    }
}
