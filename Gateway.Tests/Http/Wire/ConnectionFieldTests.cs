using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

/// <summary>What the options mean; HeaderTableTests have what they keep from passing on.</summary>
[TestFixture]
internal sealed class ConnectionFieldTests
{
    [TestCase("", 0)]
    [TestCase("Connection:\r\n", 0)]
    [TestCase("Connection: ,, ,\r\n", 0)]
    [TestCase("Connection: closed\r\n", 0)]
    [TestCase("Connection: CLOSE\r\n", 1)]
    [TestCase("Connection:\tx ,\tkeep-alive\t, y\r\n", 2)]
    [TestCase("Connection: keep-alive\r\nX: y\r\nconnection: close\r\n", 3)]
    public void Collects_the_options_of_all_lines(string fields, int expected)
    {
        Assert.That(ConnectionField.Read(Heads.Fields(fields), out var options), Is.EqualTo(RejectReason.None));
        Assert.That(options, Is.EqualTo((ConnectionOptions)expected));
    }

    [Test]
    public void Takes_as_many_options_as_the_limit_says() =>
        Assert.That(ConnectionField.Read(Heads.Fields($"Connection: {string.Join(',', Enumerable.Repeat("a", 32))}\r\n"), out _),
            Is.EqualTo(RejectReason.None));

    [TestCase(ConnectionOptions.None, 1, true)]
    [TestCase(ConnectionOptions.Close, 1, false)]
    [TestCase(ConnectionOptions.None, 0, false)]
    [TestCase(ConnectionOptions.KeepAlive, 0, true)]
    [TestCase(ConnectionOptions.KeepAlive | ConnectionOptions.Close, 1, false)]
    [TestCase(ConnectionOptions.KeepAlive | ConnectionOptions.Close, 0, false)]
    public void A_connection_persists_by_its_version_and_options(ConnectionOptions options, int minorVersion, bool persists) =>
        Assert.That(ConnectionField.Persists(options, minorVersion), Is.EqualTo(persists));
}
