using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Loopback is no wall: what web pages can send, and what becomes of it.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class BrowserTests(TransportKind kind)
{
    private static readonly string[] DataRoutes =
    [
        "POST /anthropic/v1/messages", "POST /anthropic/v1/messages/count_tokens", "GET /anthropic/v1/models",
        "GET /anthropic/v1/files", "DELETE /anthropic/v1/files/1", "GET /raw/anything", "OPTIONS /anthropic/v1/messages", "OPTIONS /raw/anything",
    ];

    [TestCase("Origin: https://evil.example")]
    [TestCase("Origin: null")]
    [TestCase("Origin: http://localhost:3000")]
    [TestCase("Origin: http://127.0.0.1:8080")]
    [TestCase("Sec-Fetch-Site: cross-site")]
    [TestCase("Sec-Fetch-Site: same-site")]
    public async Task A_page_that_is_not_listed_reaches_nobody(string field)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        foreach (var route in DataRoutes)
        {
            await client.AskAsync(route, field);
            var response = await client.ReadAsync();
            Assert.That((response.Status, response.ErrorType), Is.EqualTo((403, "permission_error")), route);
            Assert.That(response.Head.Text, Does.Not.Contain("access-control").IgnoreCase);
        }

        Assert.That(provider.Requests, Is.Empty);
    }

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/jsonp")]
    [TestCase("")]
    public async Task What_a_page_can_post_without_asking_is_no_message(string type)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request, $"Content-Type: {type}");

        Assert.That((response.Status, response.ErrorType), Is.EqualTo((415, "invalid_request_error")));
        Assert.That(provider.Requests, Is.Empty);
    }

    [TestCase("application/json; charset=utf-8")]
    [TestCase("Application/JSON")]
    public async Task Json_in_any_spelling_is_taken(string type)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request, $"Content-Type: {type}")).Status, Is.EqualTo(200));
    }

    [TestCase("evil.example")]
    [TestCase("localhost.evil.example")]
    [TestCase("evil.local:8080")]
    [TestCase("localhost.")]
    [TestCase("127.1")]
    [TestCase("2130706433")]
    [TestCase("0x7f000001")]
    [TestCase("0.0.0.0:8080")]
    [TestCase("[::]")]
    [TestCase("192.168.1.1")]
    public async Task A_name_that_was_rebound_to_loopback_is_misdirected(string host)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        foreach (var route in DataRoutes.Append("GET /health").Append("HEAD /"))
        {
            using var client = await gateway.ConnectAsync();
            await client.SendAsync($"{route} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\r\n");
            Assert.That((await client.ReadAsync(toHead: route.StartsWith("HEAD", StringComparison.Ordinal))).Status, Is.EqualTo(421), route);
        }

        Assert.That(provider.Requests, Is.Empty);
    }

    [TestCase("localhost")]
    [TestCase("LocalHost:9999")]
    [TestCase("127.0.0.1:8080")]
    [TestCase("[::1]:8080")]
    [TestCase("gateway.lan:8080")]
    public async Task It_answers_to_its_own_names(string host)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"host_names\": [\"gateway.lan\"]"));
        using var client = await gateway.ConnectAsync();
        await client.SendAsync($"GET /health HTTP/1.1\r\nHost: {host}\r\n\r\n");

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_listed_page_may_ask_first_and_then_reads_the_answer()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(
            kind, TestGateway.ConfigFor(provider, listener: "\"enable_cors\": true, \"cors_origins\": [\"https://app.example\"]"));
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("OPTIONS /anthropic/v1/messages", "Origin: https://app.example", "Access-Control-Request-Headers: content-type,x-api-key");
        var preflight = await client.ReadAsync();
        var answer = await client.PostAsync(Samples.Request, "Origin: https://app.example", "Sec-Fetch-Site: cross-site");
        await client.AskAsync("OPTIONS /anthropic/v1/messages", "Origin: https://app.example.evil.example");
        var other = await client.ReadAsync();

        Assert.That((preflight.Status, preflight.Head["access-control-allow-origin"]), Is.EqualTo((204, "https://app.example")));
        Assert.That(preflight.Head["access-control-allow-headers"], Is.EqualTo("content-type,x-api-key"));
        Assert.That((answer.Status, answer.Head["access-control-allow-origin"], answer.Head["vary"]), Is.EqualTo((200, "https://app.example", "origin")));
        Assert.That((other.Status, other.Head["access-control-allow-origin"]), Is.EqualTo((403, (string?)null)));
        Assert.That(provider.Requests, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_listed_page_gets_no_cors_fields_where_they_are_switched_off()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"cors_origins\": [\"https://app.example\"]"));
        using var client = await gateway.ConnectAsync();

        var answer = await client.PostAsync(Samples.Request, "Origin: https://app.example");

        Assert.That((answer.Status, answer.Head["access-control-allow-origin"]), Is.EqualTo((200, (string?)null)));
    }
}
