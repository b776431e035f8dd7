using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ForwardedFieldsTests(TransportKind kind)
{
    [Test]
    public async Task The_query_goes_through_as_it_is()
    {
        var request = await PassAsync("POST /anthropic/v1/messages?beta=true&x=%2F%zz&&y=a+b");

        Assert.That(request.Head.FirstLine, Is.EqualTo("POST /v1/messages?beta=true&x=%2F%zz&&y=a+b HTTP/1.1"));
    }

    [TestCase("anthropic-version: 2023-06-01")]
    [TestCase("anthropic-beta: claude-code-20250219,a-beta-nobody-knows-2031-01-01")]
    [TestCase("anthropic-something-new: yes")]
    [TestCase("x-claude-code-session-id: 0190")]
    [TestCase("x-claude-code-prev-tool-durations: Bash=742;Read=9")]
    [TestCase("x-stainless-retry-count: 0")]
    [TestCase("user-agent: claude-cli/2.1.330 (external, cli)")]
    [TestCase("x-unknown: \u00e9\u00ff obs-text")]
    [TestCase("content-type: application/json")]
    [TestCase("accept: application/json")]
    public async Task An_open_list_of_fields_goes_through_as_it_is(string field)
    {
        var request = await PassAsync("POST /anthropic/v1/messages", field);

        Assert.That(request.Head.Text, Does.Contain($"\r\n{field}\r\n").IgnoreCase);
    }

    [TestCase("Connection: keep-alive, X-Hop", "X-Hop: mine")]
    [TestCase("Connection: close, x-hop", "x-hop: mine")]
    [TestCase("Keep-Alive: timeout=5")]
    [TestCase("Proxy-Connection: keep-alive")]
    [TestCase("Proxy-Authorization: Basic eA==")]
    [TestCase("TE: trailers")]
    [TestCase("Trailer: X-T")]
    [TestCase("Connection: Upgrade", "Upgrade: websocket")]
    [TestCase("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__")]
    [TestCase("Upgrade: h2c")]
    [TestCase("X-Gateway-Provider: scripted")]
    [TestCase("x-gateway-anything: 1")]
    [TestCase("Accept-Encoding: gzip, br")]
    [TestCase("Forwarded: for=203.0.113.7", "X-Forwarded-For: 203.0.113.7", "X-Real-IP: 203.0.113.7", "X-Forwarded-Host: a", "X-Forwarded-Port: 443", "X-Forwarded-Proto: https")]
    public async Task A_field_of_this_connection_or_of_the_gateway_does_not_go_through(params string[] fields)
    {
        var request = await PassAsync("POST /anthropic/v1/messages", fields);

        foreach (var name in fields.Select(field => field.Split(':')[0].ToLowerInvariant()))
        {
            Assert.That(request.Head.Fields, Has.None.Matches<(string Name, string Value)>(
                field => field.Name == name && !(name == "accept-encoding" && field.Value == "identity")));
        }
    }

    [Test]
    public async Task The_provider_is_asked_for_identity_and_for_its_own_host()
    {
        await using var provider = new ScriptedProvider();
        var request = await PassToAsync("POST /anthropic/v1/messages", provider, "\"api_key\": \"k\"", "Accept-Encoding: gzip");

        Assert.That(request.Head["accept-encoding"], Is.EqualTo("identity"));
        Assert.That(request.Head["host"], Is.EqualTo(provider.Url["http://".Length..]));
    }

    [TestCase("\"api_key\": \"theirs\"", "x-api-key", "theirs")]
    [TestCase("\"api_key\": \"theirs\", \"auth\": \"bearer\"", "authorization", "Bearer theirs")]
    public async Task The_configured_credential_takes_the_place_of_the_clients(string members, string name, string value)
    {
        var request = await PassToAsync(
            "POST /anthropic/v1/messages", null, members, "x-api-key: the-clients", "Authorization: Bearer the-clients", "Cookie: c=the-clients");

        Assert.That(request.Head[name], Is.EqualTo(value));
        Assert.That(Encoding.Latin1.GetString(request.Raw), Does.Not.Contain("the-clients"));
    }

    [Test]
    public async Task No_credential_at_all_reaches_a_provider_that_wants_none()
    {
        var request = await PassToAsync(
            "POST /anthropic/v1/messages", null, "\"auth\": \"none\"", "x-api-key: the-clients", "Authorization: Bearer the-clients");

        Assert.That(request.Head.Has("x-api-key") || request.Head.Has("authorization"), Is.False);
    }

    [Test]
    public async Task The_clients_own_credential_reaches_the_provider_where_the_configuration_says_so()
    {
        var request = await PassToAsync(
            "POST /anthropic/v1/messages", null, "\"auth\": \"client\"", "x-api-key: the-clients", "Authorization: Bearer the-clients");

        Assert.That(request.Head["x-api-key"], Is.EqualTo("the-clients"));
        Assert.That(request.Head["authorization"], Is.EqualTo("Bearer the-clients"));
    }

    [Test]
    public async Task The_answers_fields_come_back_but_those_of_its_connection()
    {
        await using var provider = new ScriptedProvider();
        provider.NextRaw(
            "HTTP/1.1 200 OK\r\nServer: them\r\nAnthropic-Ratelimit-Unified-Reset: 17\r\nrequest-id: req_theirs\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
            + "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nUpgrade: h2c\r\nProxy-Authenticate: Basic\r\nDate: Mon, 23 Nov 2026 00:00:00 GMT\r\nContent-Length: 2\r\n\r\n{}");
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"routing_headers\": false"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        (string, string)[] expected =
        [
            ("server", "them"), ("anthropic-ratelimit-unified-reset", "17"), ("request-id", "req_theirs"), ("set-cookie", "a=1"), ("set-cookie", "b=2"),
            ("date", "Mon, 23 Nov 2026 00:00:00 GMT"), ("content-length", "2"),
        ];
        Assert.That(response.Head.Fields, Is.EqualTo(expected));
    }

    private Task<ProviderRequest> PassAsync(string requestLine, params string[] fields) =>
        PassToAsync(requestLine, null, "\"api_key\": \"k\"", fields);

    private async Task<ProviderRequest> PassToAsync(string requestLine, ScriptedProvider? provider, string members, params string[] fields)
    {
        await using var own = provider is null ? new ScriptedProvider() : null;
        provider ??= own!;
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, members));
        using var client = await gateway.ConnectAsync();
        await client.SendAsync(requestLine, Samples.Request, fields);
        var response = await client.ReadAsync();
        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        return provider.Request;
    }
}
