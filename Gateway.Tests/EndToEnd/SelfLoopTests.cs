using System.Net;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>A provider whose address is the gateway's own: nobody connects to himself, and the developer reads why.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class SelfLoopTests(TransportKind kind)
{
    private const string LeadsBack = "Provider 'self': its base_url leads back to this gateway; set it to the address of the provider itself.";

    [TestCase("127.0.0.1", "")]
    [TestCase("localhost", "")]
    [TestCase("0.0.0.0", ", \"local\": true")]
    [TestCase("127.0.0.1", ", \"dialect\": \"openai\"")]
    public async Task A_message_is_answered_with_the_reason_and_never_comes_back(string host, string more)
    {
        await using var gateway = Loop(host, more);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 7; i++)
        {
            var response = await client.PostAsync(Samples.Request);
            Assert.That((response.Status, response.ErrorType), Is.EqualTo((502, "api_error")));
            Assert.That(response.ErrorMessage, Is.EqualTo(LeadsBack), "the same when its circuit is open");
            Assert.That(response.Head["x-should-retry"], Is.EqualTo("false"), "nothing but another configuration helps");
        }

        await gateway.DrainAsync();
        Assert.That(Requests(gateway), Is.EqualTo(7));

        Assert.That(gateway.Log.Lines, Has.Some.Contain("\"provider_failed\"").And.Some.Contain("leads_back"));
    }

    [TestCase("POST /anthropic/v1/messages/batches")]
    [TestCase("GET /raw/anthropic/v1/models")]
    [TestCase("GET /anthropic/v1/models")]
    [TestCase("POST /anthropic/v1/messages/count_tokens")]
    public async Task No_other_request_comes_back_either(string request)
    {
        await using var gateway = Loop("127.0.0.1", "");
        using var client = await gateway.ConnectAsync();

        await client.SendAsync(request, Samples.Request, "content-type: application/json");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(502).Or.EqualTo(200));
        if (response.Status == 502)
        {
            Assert.That(response.ErrorMessage, Does.Contain("leads back to this gateway"));
        }

        await gateway.DrainAsync();
        Assert.That(Requests(gateway), Is.EqualTo(1));
    }

    [Test]
    public async Task A_large_upload_along_a_passthrough_route_is_told_as_well()
    {
        await using var gateway = Loop("127.0.0.1", "");
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("PUT /raw/upload", new byte[200_000]);
        var response = await client.ReadAsync();

        Assert.That((response.Status, response.ErrorMessage), Is.EqualTo((502, LeadsBack.Replace("'self'", "'/raw'", StringComparison.Ordinal))));
    }

    [Test]
    public async Task Another_provider_takes_over_and_no_attempt_is_lost()
    {
        await using var other = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        var port = FreePort.Take();
        await using var gateway = new TestGateway(kind, $$"""
            {
              "claude_gateway": { "request_logging": true, "max_attempts": 1 },
              "providers": {
                "self": { "base_url": "http://localhost:{{port}}/anthropic", "auth": "none" },
                "other": { "base_url": "{{other.Url}}", "auth": "none" }
              },
              "routes": [ { "targets": [ "self", "other" ] } ]
            }
            """, at: new IPEndPoint(IPAddress.Loopback, port));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Text, Is.EqualTo(Samples.Stream));
        Assert.That(response.Head["x-gateway-provider"], Is.EqualTo("other"));
        await gateway.DrainAsync();
        Assert.That(Requests(gateway), Is.EqualTo(1));
    }

    [TestCase("POST /anthropic/v1/messages", "")]
    [TestCase("POST /anthropic/v1/messages/count_tokens", "")]
    [TestCase("POST /anthropic/v1/messages/batches", "")]
    [TestCase("POST /raw/anything", "")]
    [TestCase("POST /anthropic/v1/messages", ", \"dialect\": \"openai\"")]
    public async Task A_circle_over_another_gateway_ends_after_one_round(string request, string dialect)
    {
        var (here, there) = (FreePort.Take(), FreePort.Take());
        await using var first = Towards(here, there, dialect);
        await using var second = Towards(there, here, dialect);
        using var client = await first.ConnectAsync();

        await client.SendAsync(request, Samples.Request, "content-type: application/json");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.GreaterThanOrEqualTo(500));
        Assert.That(response.ErrorMessage, Does.Contain("a base_url leads back to it through another gateway"));
        await first.DrainAsync();
        await second.DrainAsync();
        Assert.That((Requests(first), Requests(second)), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task A_chain_of_gateways_is_no_circle_and_tells_its_end_of_each()
    {
        await using var provider = new ScriptedProvider();
        await using var second = TestGateway.Before(provider, kind);
        await using var first = Towards(FreePort.Take(), second.EndPoint.Port, "");
        using var client = await first.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request, "content-type: application/json", "Via: 1.1 proxy");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(200));
        var lines = provider.Request.Head.Text.Split("\r\n").Where(static line => line.StartsWith("via:", StringComparison.OrdinalIgnoreCase)).ToArray();
        Assert.That(lines, Has.Length.EqualTo(3).And.Unique);
        Assert.That(lines[0], Is.EqualTo("Via: 1.1 proxy"));
        Assert.That(lines[1..], Is.All.Match("^via: 1\\.1 claude-gateway-[0-9a-f]{16}$"));
    }

    private TestGateway Towards(int port, int other, string dialect) => new(kind, $$"""
        {
          "claude_gateway": { "request_logging": true, "max_connections": 50 },
          "default_provider": "other",
          "providers": { "other": { "base_url": "http://127.0.0.1:{{other}}/{{(dialect.Length > 0 ? "openai/v1" : "anthropic")}}", "auth": "none"{{dialect}} } },
          "passthrough": [ { "prefix": "/raw", "base_url": "http://127.0.0.1:{{other}}" } ]
        }
        """, at: new IPEndPoint(IPAddress.Loopback, port));

    private TestGateway Loop(string host, string more)
    {
        var port = FreePort.Take();
        return new TestGateway(kind, $$"""
            {
              "claude_gateway": { "request_logging": true },
              "default_provider": "self",
              "providers": { "self": { "base_url": "http://{{host}}:{{port}}/anthropic", "auth": "none"{{more}} } },
              "passthrough": [ { "prefix": "/raw", "base_url": "http://127.0.0.1:{{port}}/raw", "strip_prefix": true } ]
            }
            """, at: new IPEndPoint(IPAddress.Loopback, port));
    }

    private static int Requests(TestGateway gateway) => gateway.Log.Lines.Count(static line => line.Contains("\"event\":\"exchange\"", StringComparison.Ordinal));
}
