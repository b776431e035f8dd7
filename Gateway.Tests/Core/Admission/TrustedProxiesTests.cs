using System.Net;
using System.Text;
using Gateway.Core.Admission;
using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Admission;

[TestFixture]
internal sealed class TrustedProxiesTests
{
    [TestCase("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [TestCase("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7", Description = "what a stranger said is not read")]
    [TestCase("127.0.0.1", "198.51.100.1, 203.0.113.7 ,10.1.2.3", "203.0.113.7", Description = "through both servers")]
    [TestCase("127.0.0.1", "10.1.2.3, 10.1.2.4", "10.1.2.3", Description = "the first, if all are trusted")]
    [TestCase("127.0.0.1", "203.0.113.7:5555", "203.0.113.7")]
    [TestCase("127.0.0.1", "2001:db8::7", "2001:db8::7")]
    [TestCase("127.0.0.1", "[2001:db8::7]:5555", "2001:db8::7")]
    [TestCase("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7")]
    [TestCase("127.0.0.1", "unknown", "127.0.0.1")]
    [TestCase("127.0.0.1", "203.0.113.7, unknown, 10.1.2.3", "10.1.2.3", Description = "nothing beyond what can't be read")]
    [TestCase("127.0.0.1", "1", "127.0.0.1")]
    [TestCase("127.0.0.1", "", "127.0.0.1")]
    [TestCase("127.0.0.1", "203.0.113.7,", "127.0.0.1")]
    [TestCase("192.0.2.1", "203.0.113.7", "192.0.2.1", Description = "who is not trusted speaks for himself")]
    public void The_nearest_that_is_not_trusted_is_the_client(string peer, string value, string client) =>
        Assert.That(Follow(ForwardedField.XForwardedFor, peer, value), Is.EqualTo(client));

    [TestCase("for=203.0.113.7", "203.0.113.7")]
    [TestCase("For=\"203.0.113.7:80\";proto=https;by=10.1.2.3", "203.0.113.7")]
    [TestCase("proto=https; for=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17")]
    [TestCase("for=198.51.100.1, for=203.0.113.7, for=10.1.2.3", "203.0.113.7")]
    [TestCase("for=_hidden", "127.0.0.1")]
    [TestCase("proto=https", "127.0.0.1")]
    [TestCase("203.0.113.7", "127.0.0.1")]
    public void Forwarded_is_read_as_RFC_7239_says(string value, string client) =>
        Assert.That(Follow(ForwardedField.Forwarded, "127.0.0.1", value), Is.EqualTo(client));

    [Test]
    public void Without_any_nobody_is_trusted() => Assert.Multiple(() =>
    {
        var nobody = new TrustedProxies(new ListenerConfig());
        Assert.That(nobody.Any, Is.False);
        Assert.That(nobody.Trusts(IPAddress.Loopback), Is.False);
    });

    private static string Follow(ForwardedField field, string peer, string value)
    {
        var proxies = new TrustedProxies(new ListenerConfig { TrustedProxies = ["127.0.0.1", "10.0.0.0/8"], ForwardedField = field });
        var address = IPAddress.Parse(peer);
        _ = proxies.Follow(Encoding.ASCII.GetBytes(value), ref address);
        return address.ToString();
    }
}
