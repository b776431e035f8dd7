using System.Security.Cryptography;
using System.Text;
using Gateway.Core.Admission;
using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Admission;

[TestFixture]
internal sealed class ClientDirectoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ClientDirectory _clients = new(
    [
        Config("alice", "alices-key-0123456789") with { Models = ["claude-haiku-*", "exact"], Providers = ["a"] },
        Config("bob", "bobs-key-0123456789xx") with { Expires = Now.AddDays(1) },
    ]);

    [TestCase("alices-key-0123456789", "alice")]
    [TestCase("bobs-key-0123456789xx", "bob")]
    [TestCase("alices-key-012345678", null)]
    [TestCase("alices-key-01234567890", null)]
    [TestCase("Alices-key-0123456789", null)]
    [TestCase("", null)]
    public void Finds_whose_key_it_is(string key, string? name) => Assert.That(Find(key, Now)?.Name, Is.EqualTo(name));

    [Test]
    public void An_expired_key_is_none()
    {
        Assert.That(Find("bobs-key-0123456789xx", Now.AddDays(1)), Is.Not.Null);
        Assert.That(Find("bobs-key-0123456789xx", Now.AddDays(1).AddSeconds(1)), Is.Null);
    }

    [Test]
    public void Without_clients_it_is_open() => Assert.That((new ClientDirectory([]).IsOpen, _clients.IsOpen), Is.EqualTo((true, false)));

    [Test]
    public void A_client_may_use_its_models_and_providers_only()
    {
        var alice = Find("alices-key-0123456789", Now)!;
        var bob = Find("bobs-key-0123456789xx", Now)!;
        Assert.That((alice.MayUse("claude-haiku-4-5"u8), alice.MayUse("exact"u8), alice.MayUse("exactly"u8)), Is.EqualTo((true, true, false)));
        Assert.That((alice.MayUseProvider("a"), alice.MayUseProvider("b"), bob.MayUseProvider("b"), bob.MayUse("any"u8)), Is.EqualTo((true, false, true, true)));
    }

    [Test]
    public void Finding_allocates_nothing()
    {
        _ = Find("alices-key-0123456789", Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = _clients.Find("alices-key-0123456789"u8, Now);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private Client? Find(string key, DateTimeOffset now) => _clients.Find(Encoding.UTF8.GetBytes(key), now);

    private static ClientConfig Config(string name, string key) => new() { Name = name, KeyHash = SHA256.HashData(Encoding.UTF8.GetBytes(key)) };
}
