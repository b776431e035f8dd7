using System.Security.Cryptography;
using System.Text;
using Gateway.Core.Randomness;
using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Telemetry;

[TestFixture]
internal sealed class RequestIdsTests
{
    [Test]
    public void An_id_is_a_prefix_and_24_characters_of_base_62() =>
        Assert.That(Next(new RequestIds(Seeded())), Does.Match("^req_gw_[0-9A-Za-z]{24}$"));

    [Test]
    public void No_id_comes_twice_from_one_generator_or_from_several()
    {
        var seen = new HashSet<string>();
        for (var generator = 0; generator < 10; generator++)
        {
            var ids = new RequestIds(Seeded());
            for (var count = 0; count < 10_000; count++)
            {
                Assert.That(seen.Add(Next(ids)));
            }
        }
    }

    [Test]
    public void Each_character_comes_as_often_as_any_other()
    {
        var ids = new RequestIds(new Chance(1));
        var counts = Enumerable.Range(0, 31_000).SelectMany(_ => Next(ids)[7..]).CountBy(character => character).ToList();
        Assert.That(counts, Has.Count.EqualTo(62));
        Assert.That(counts.Select(count => count.Value), Is.All.InRange(11_400, 12_600));
    }

    [Test]
    public void Naming_allocates_nothing()
    {
        var ids = new RequestIds(Seeded());
        Span<byte> id = stackalloc byte[RequestIds.Length];
        ids.Next(id);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            ids.Next(id);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static Chance Seeded() => new(RandomNumberGenerator.GetBytes(Chance.SeedLength));

    private static string Next(RequestIds ids)
    {
        Span<byte> id = stackalloc byte[RequestIds.Length];
        ids.Next(id);
        return Encoding.UTF8.GetString(id);
    }
}
