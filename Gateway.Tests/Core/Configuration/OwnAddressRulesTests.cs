namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class OwnAddressRulesTests
{
    private const string Clients = """ "clients": { "me": { "key_sha256": "0000000000000000000000000000000000000000000000000000000000000000" } }, """;

    [TestCase("127.0.0.1", "http://127.0.0.1:8080")]
    [TestCase("127.0.0.1", "http://localhost:8080/anthropic")]
    [TestCase("127.0.0.1", "https://LOCALHOST:8080")]
    [TestCase("127.0.0.1", "http://0.0.0.0:8080")]
    [TestCase("::1", "http://[::1]:8080")]
    [TestCase("::1", "http://localhost:8080")]
    [TestCase("0.0.0.0", "http://127.0.0.1:8080")]
    [TestCase("0.0.0.0", "http://127.1.2.3:8080")]
    [TestCase("::", "http://[::1]:8080")]
    [TestCase("::", "http://127.0.0.1:8080")]
    [TestCase("192.168.7.7", "http://192.168.7.7:8080")]
    public void A_base_url_that_leads_back_to_the_gateway_is_refused(string bound, string url)
    {
        var error = Read(bound, url).Errors.Single();
        Assert.That(error.Path, Is.EqualTo("$.providers.p.base_url"));
        Assert.That(error.Found, Does.EndWith(":8080, where the gateway itself listens (claude_gateway.port)"));
        Assert.That(error.Expected, Does.StartWith("the address of another server"));
        Assert.That(error.Line, Is.EqualTo(1));
    }

    [TestCase("127.0.0.1", "http://127.0.0.1:8081")]
    [TestCase("127.0.0.1", "http://127.0.0.2:8080")]
    [TestCase("127.0.0.1", "http://[::1]:8080")]
    [TestCase("::1", "http://127.0.0.1:8080")]
    [TestCase("0.0.0.0", "http://[::1]:8080")]
    [TestCase("0.0.0.0", "http://192.168.7.7:8080")]
    [TestCase("192.168.7.7", "http://localhost:8080")]
    [TestCase("127.0.0.1", "https://localhost")]
    [TestCase("127.0.0.1", "http://me.internal:8080")]
    public void One_that_may_be_another_server_is_not(string bound, string url) => Assert.That(Read(bound, url).Errors, Is.Empty);

    [Test]
    public void The_port_counts_that_holds_in_the_end() => Assert.That(
        ConfigText.Read(ConfigText.ProviderNamed("p", """ "base_url": "http://localhost:9090", "auth": "none" """), environment: ("GATEWAY_PORT", "9090")).Errors.Single().Path,
        Is.EqualTo("$.providers.p.base_url"));

    [Test]
    public void The_other_listeners_and_passthrough_routes_are_looked_at_as_well()
    {
        var errors = ConfigText.Read("""
            {
              "claude_gateway": { "tls": { "port": 8443, "certificate_file": "a", "key_file": "b" }, "management": { "port": 9091 } },
              "providers": { "p": { "base_url": "https://localhost:8443", "auth": "none" } },
              "passthrough": [ { "prefix": "/a", "base_url": "http://127.0.0.1:9999" }, { "prefix": "/b", "base_url": "http://127.0.0.1:9091" }, { "prefix": "/c", "base_url": "http://127.0.0.1:8080" } ]
            }
            """).Errors.Select(static error => error.Path);
        Assert.That(errors, Is.EqualTo(["$.providers.p.base_url", "$.passthrough[1].base_url", "$.passthrough[2].base_url"]));
    }

    private static Gateway.Core.Configuration.ConfigResult Read(string bound, string url) => ConfigText.Read(
        $$"""{ {{Clients}} "claude_gateway": { "bind_address": "{{bound}}", "host_names": ["me.internal"] }, "providers": { "p": { "base_url": "{{url}}", "auth": "none", "local": true } } }""");
}
