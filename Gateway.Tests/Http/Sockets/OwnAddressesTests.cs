using System.Net;
using System.Net.Sockets;
using Gateway.Http.Sockets;

namespace Gateway.Tests.Http.Sockets;

[TestFixture]
internal sealed class OwnAddressesTests
{
    [TestCase("127.0.0.1:9", "127.0.0.1:9", true)]
    [TestCase("127.0.0.1:9", "[::ffff:127.0.0.1]:9", true)]
    [TestCase("127.0.0.1:9", "0.0.0.0:9", true)]
    [TestCase("127.0.0.1:9", "127.0.0.1:10", false)]
    [TestCase("127.0.0.1:9", "127.0.0.2:9", false)]
    [TestCase("127.0.0.1:9", "[::1]:9", false)]
    [TestCase("[::1]:9", "[::1]:9", true)]
    [TestCase("[::1]:9", "[::]:9", true)]
    [TestCase("[::1]:9", "127.0.0.1:9", false)]
    [TestCase("0.0.0.0:9", "127.0.0.1:9", true)]
    [TestCase("0.0.0.0:9", "127.8.8.8:9", true)]
    [TestCase("0.0.0.0:9", "0.0.0.0:9", true)]
    [TestCase("0.0.0.0:9", "[::1]:9", false)]
    [TestCase("0.0.0.0:9", "203.0.113.7:9", false)]
    [TestCase("[::]:9", "[::1]:9", true)]
    [TestCase("[::]:9", "127.0.0.1:9", true)]
    [TestCase("[::]:9", "203.0.113.7:9", false)]
    [TestCase("[::ffff:127.0.0.1]:9", "127.0.0.1:9", true)]
    public void Knows_what_leads_to_a_listener(string listens, string target, bool leads)
    {
        var own = new OwnAddresses();
        own.Add(new IPEndPoint(IPAddress.Parse("127.0.0.99"), 1));
        own.Add(IPEndPoint.Parse(listens));
        Assert.That(own.Has(IPEndPoint.Parse(target)), Is.EqualTo(leads));
        own.Clear();
        Assert.That(own.Has(IPEndPoint.Parse(target)), Is.False);
    }

    [Test]
    public void Unix_sockets_can_not_be_meant()
    {
        var own = new OwnAddresses();
        own.Add(new UnixDomainSocketEndPoint("/tmp/x"));
        own.Add(null);
        Assert.That(own.Has(new IPEndPoint(IPAddress.Loopback, 0)), Is.False);
    }
}
