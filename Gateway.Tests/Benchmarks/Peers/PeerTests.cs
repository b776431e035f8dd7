using System.Net;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Peers;

namespace Gateway.Tests.Benchmarks.Peers;

internal sealed class PeerTests
{
    private static readonly IPEndPoint Provider = new(IPAddress.Loopback, 9_191);

    [Test]
    public void Every_name_in_a_configuration_has_its_value([Values("nginx", "haproxy", "yarp")] string name, [Values(null, "/ca.pem")] string? caFile)
    {
        var peer = Peer.All(yarp: null).Single(peer => peer.Name == name);
        var text = new PeerConfiguration(8_181, Provider, 2, "/folder", caFile).Fill(peer.Configuration);
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Not.Match(@"\{(port|upstream|threads|folder|scheme|authority|tls)\}"));
            Assert.That(text, Does.Contain("8181").And.Contain("127.0.0.1:9191"));
            Assert.That(text, caFile is null ? Does.Not.Contain("/ca.pem") : name == "yarp" ? Does.Contain("https://") : Does.Contain("/ca.pem"));
        });
    }

    [Test]
    public void A_peer_that_is_not_installed_has_no_program() =>
        Assert.That(Peer.All(yarp: "/no/such/file").Single(peer => peer.Name == "yarp").Program, Is.Null);

    [Test]
    public void Peers_play_only_what_they_can() => Assert.Multiple(() =>
    {
        var nginx = Peer.All(yarp: null).Single(peer => peer.Name == "nginx");
        Assert.That(nginx.Plays(Scene.Plain) && nginx.Plays(Scene.Tls), Is.True);
        Assert.That(nginx.Plays(Scene.OpenAi) || nginx.Plays(Scene.Failover), Is.False);
    });
}
