using Gateway.Http.Sockets;
using Gateway.Tests.Core.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ClientAddressTests(TransportKind kind)
{
    private const string Trusting = "\"trusted_proxies\": [\"127.0.0.0/8\", \"10.0.0.0/8\"]";

    [TestCase("", "127.0.0.1", Description = "nobody is trusted until somebody says so")]
    [TestCase(Trusting, "203.0.113.7")]
    [TestCase(Trusting + ", \"forwarded_field\": \"forwarded\"", "198.51.100.9")]
    public async Task The_log_names_the_client_as_far_as_it_can_be_believed(string listener, string address)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: listener));
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(
            Samples.Request, "X-Forwarded-For: 192.0.2.1, 203.0.113.7", "X-Forwarded-For: 10.1.2.3", "Forwarded: for=198.51.100.9");
        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Some.Contain("\"endpoint\":\"messages\"").And.Contain($"\"client_address\":\"{address}\""));
    }

    [TestCase("300.0.0.1")]
    [TestCase("10.0.0.1/8")]
    [TestCase("example.com")]
    [TestCase("1")]
    public void What_is_no_address_and_no_network_is_refused(string text) => Assert.That(
        ConfigText.Read($$"""{ "claude_gateway": { "trusted_proxies": ["{{text}}"] } }""").Errors.Single().ToString(),
        Does.Contain("$.claude_gateway.trusted_proxies[0]").And.Contain(text).And.Contain("10.0.0.0/8"));
}
