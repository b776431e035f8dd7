using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ProviderErrorTests(TransportKind kind)
{
    [TestCase(400, "", """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 2 tokens > 1 maximum"}}""")]
    [TestCase(401, "x-should-retry: false\r\n", """{"type":"error"}""")]
    [TestCase(429, "retry-after: 7\r\nanthropic-ratelimit-unified-status: rejected\r\n", """ {"a" : 1}""")]
    [TestCase(500, "x-should-retry: true\r\n", "<html>not JSON at all</html>")]
    [TestCase(529, "retry-after: 61\r\n", """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_x"}""")]
    public async Task An_error_passes_with_its_status_its_fields_and_its_body_to_the_byte(int status, string fields, string body)
    {
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.AnswerAsync(status, fields, Encoding.UTF8.GetBytes(body)));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Status, Is.EqualTo(status));
        Assert.That(response.Text, Is.EqualTo(body));
        foreach (var (name, value) in new MessageHead($"x\r\n{fields}").Fields)
        {
            Assert.That(response.Head[name], Is.EqualTo(value));
        }

        Assert.That(provider.Requests, Has.Length.EqualTo(1), "an answer is never asked for twice");
    }

    [TestCase("\"api_key\": \"refused\"", "false")]
    [TestCase("\"auth\": \"client\"", null)]
    public async Task A_refusal_of_the_gateways_own_key_is_not_tried_again(string auth, string? told)
    {
        await using var provider = new ScriptedProvider { Otherwise = static exchange => exchange.AnswerJsonAsync("""{"type":"error"}""", 401) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, auth));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request, "x-api-key: the-clients");

        Assert.That((response.Status, response.Head["x-should-retry"]), Is.EqualTo((401, told)));
    }

    [TestCase("/anthropic/v1/messages", 307, 502)]
    [TestCase("/anthropic/v1/messages", 302, 502)]
    [TestCase("/anthropic/v1/messages/count_tokens", 308, 502)]
    [TestCase("/anthropic/v1/files", 308, 308)]
    [TestCase("/raw/x", 301, 301)]
    public async Task A_redirect_is_not_followed_with_the_providers_key(string path, int status, int told)
    {
        await using var elsewhere = new ScriptedProvider();
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerAsync(status, $"location: {elsewhere.Url}/v1/messages\r\n", default) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync($"POST {path}", Samples.Request);

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(told), "nor does Claude Code follow it with a prompt");
        Assert.That(elsewhere.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task A_provider_that_refuses_connections_is_502_and_named()
    {
        string config;
        await using (var gone = new ScriptedProvider())
        {
            config = TestGateway.ConfigFor(gone);
        }

        await using var gateway = new TestGateway(kind, config);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Status, Is.EqualTo(502));
        Assert.That(response.ErrorType, Is.EqualTo("api_error"));
        Assert.That(response.ErrorMessage, Does.Contain("'scripted'"));
        Assert.That(response.Head["request-id"], Does.StartWith("req_"));
        Assert.That(response.Json.GetProperty("request_id").GetString(), Is.EqualTo(response.Head["request-id"]));
    }

    [TestCase("/anthropic/v1/messages", false, "link-local")]
    [TestCase("/anthropic/v1/messages", true, "no connection")]
    [TestCase("/raw/x", false, "link-local")]
    [TestCase("/raw/x", true, "no connection")]
    public async Task Nothing_is_sent_to_a_link_local_address_unless_the_server_is_ones_own(string path, bool isLocal, string told)
    {
        var isOurs = isLocal ? "true" : "false";
        await using var gateway = new TestGateway(kind, $$"""
            {
              "default_provider": "far",
              "providers": { "far": { "base_url": "https://[fe80::1]", "auth": "none", "local": {{isOurs}} } },
              "passthrough": [ { "prefix": "/raw", "base_url": "https://[fe80::1]", "local": {{isOurs}} } ]
            }
            """);
        using var client = await gateway.ConnectAsync();
        await client.SendAsync($"POST {path}", Samples.Request);

        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(502));
        Assert.That(response.ErrorMessage, Does.Contain(told));
    }

    [Test]
    public async Task A_fresh_connection_that_closes_without_a_byte_is_502_and_not_asked_again([Values] bool resets)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => EndAsync(exchange, resets) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Status, Is.EqualTo(502));
        Assert.That(response.ErrorType, Is.EqualTo("api_error"));
        Assert.That(provider.Requests, Has.Length.EqualTo(1));
    }

    [TestCase("garbage\r\n\r\n")]
    [TestCase("HTTP/2.0 200 OK\r\n\r\n")]
    [TestCase("HTTP/1.1 20 OK\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\n{}")]
    [TestCase("HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 2\r\n\r\n{}")]
    [TestCase("HTTP/1.1 200 OK\r\nBad Name: a\r\nContent-Length: 2\r\n\r\n{}")]
    [TestCase("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")]
    public async Task A_head_that_breaks_the_grammar_is_502_and_its_connection_is_not_used_again(string answer)
    {
        await using var provider = new ScriptedProvider();
        provider.NextRaw(answer);
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);
        Assert.That(response.Status, Is.EqualTo(502));
        Assert.That(response.ErrorType, Is.EqualTo("api_error"));
        await provider.Connections[0].Closed;

        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200), "the next request is not affected");
        Assert.That(provider.ConnectionCount, Is.EqualTo(2));
    }

    [TestCase("H")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Le")]
    [TestCase("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 2")]
    public async Task A_head_that_is_cut_is_502(string answer)
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.SendAsync(answer);
            exchange.Connection.Close();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(502));
        Assert.That(provider.Requests, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Interim_answers_are_read_away()
    {
        await using var provider = new ScriptedProvider();
        provider.NextRaw(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request)).Text, Is.EqualTo("{}"));
    }

    [Test]
    public async Task A_head_without_end_is_502()
    {
        await using var provider = new ScriptedProvider();
        provider.NextRaw("HTTP/1.1 200 OK\r\nX: " + new string('x', 300_000));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(502));
    }

    private static Task EndAsync(ProviderExchange exchange, bool resets)
    {
        if (resets)
        {
            exchange.Connection.Reset();
        }
        else
        {
            exchange.Connection.Close();
        }

        return Task.CompletedTask;
    }
}
