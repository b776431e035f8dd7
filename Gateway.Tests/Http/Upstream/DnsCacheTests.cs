using System.Net;
using Gateway.Http.Upstream;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Upstream;

[TestFixture]
internal sealed class DnsCacheTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress Six = IPAddress.Parse("2001:db8::1");
    private static readonly IPAddress Seven = IPAddress.Parse("2001:db8::2");

    private readonly ManualTime _time = new();
    private FakeResolver _resolver = null!;
    private DnsCache _dns = null!;

    [SetUp]
    public void Start()
    {
        _resolver = new FakeResolver();
        _dns = new DnsCache(_time, _resolver.ResolveAsync);
    }

    [TestCase("127.0.0.1", "127.0.0.1")]
    [TestCase("::1", "::1")]
    [TestCase("localhost", "127.0.0.1 ::1")]
    [TestCase("LocalHost", "127.0.0.1 ::1")]
    public void Literals_and_localhost_are_never_looked_up(string host, string expected)
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.That(_dns.TryGet(host, out var addresses));
            Assert.That(Text(addresses), Is.EqualTo(expected));
            _time.Advance(1_000_000);
        }

        Assert.That(_resolver.Asked, Is.Empty);
    }

    [Test]
    public async Task A_looked_up_name_is_good_for_a_minute()
    {
        _resolver.Answer = [One];
        Assert.That(_dns.TryGet("provider.test", out _), Is.False);
        Assert.That(Text(await _dns.LookUpAsync("provider.test")), Is.EqualTo("192.0.2.1"));

        _time.Advance(59_999);
        Assert.That(_dns.TryGet("Provider.Test", out var addresses));
        Assert.That(Text(addresses), Is.EqualTo("192.0.2.1"));

        _time.Advance(1);
        Assert.That(_dns.TryGet("provider.test", out _), Is.False);
    }

    [Test]
    public async Task Families_take_turns_and_the_resolvers_first_stays_first()
    {
        _resolver.Answer = [Six, Seven, One, Two];
        Assert.That(Text(await _dns.LookUpAsync("a.test")), Is.EqualTo("2001:db8::1 192.0.2.1 2001:db8::2 192.0.2.2"));
        _resolver.Answer = [One, Two, Six];
        Assert.That(Text(await _dns.LookUpAsync("b.test")), Is.EqualTo("192.0.2.1 2001:db8::1 192.0.2.2"));
    }

    [Test]
    public async Task Old_addresses_stay_while_lookups_fail_and_lookups_pause()
    {
        _resolver.Answer = [One];
        await _dns.LookUpAsync("provider.test");
        _time.Advance(100_000);
        _resolver.Answer = null;

        Assert.That(Text(await _dns.LookUpAsync("provider.test")), Is.EqualTo("192.0.2.1"));
        _time.Advance(4_999);
        Assert.That(_dns.TryGet("provider.test", out _));
        _time.Advance(1);
        Assert.That(_dns.TryGet("provider.test", out _), Is.False);
        Assert.That(Text(_dns.Remembered("provider.test")), Is.EqualTo("192.0.2.1"));

        _resolver.Answer = [Two];
        Assert.That(Text(await _dns.LookUpAsync("provider.test")), Is.EqualTo("192.0.2.2"));
    }

    [Test]
    public async Task A_name_that_never_had_an_address_has_none_and_is_asked_again()
    {
        _resolver.Answer = null;
        Assert.That(await _dns.LookUpAsync("nowhere.test"), Is.Empty);
        _resolver.Answer = [];
        Assert.That(await _dns.LookUpAsync("nowhere.test"), Is.Empty);
        Assert.That(_resolver.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task All_who_ask_at_once_share_one_lookup()
    {
        var gate = _resolver.Hold();
        var first = _dns.LookUpAsync("provider.test");
        var second = _dns.LookUpAsync("PROVIDER.test");
        gate.SetResult([One]);

        Assert.That(Text(await first) + " " + Text(await second), Is.EqualTo("192.0.2.1 192.0.2.1"));
        Assert.That(_resolver.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_resolver_that_throws_at_once_is_a_failed_lookup()
    {
        var dns = new DnsCache(_time, static _ => throw new ArgumentException("a host name of 300 characters"));
        Assert.That(await dns.LookUpAsync("x"), Is.Empty);
    }

    private static string Text(IPAddress[] addresses) => string.Join(" ", addresses.AsEnumerable());
}
