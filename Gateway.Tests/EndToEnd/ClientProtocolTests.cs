using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ClientProtocolTests(TransportKind kind)
{
    [Test]
    public async Task A_connection_carries_many_requests_and_so_does_the_one_to_the_provider()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 20; i++)
        {
            Assert.That((await client.PostAsync(Samples.Request)).Head.Has("connection"), Is.False);
        }

        Assert.That(provider.Requests, Has.Length.EqualTo(20));
        Assert.That(provider.ConnectionCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(exchange.Request.Text) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var pipeline = new StringBuilder();
        for (var i = 0; i < 10; i++)
        {
            var body = Encoding.Latin1.GetString(Samples.Message("m", $"number {i}"));
            pipeline.Append($"POST /anthropic/v1/messages HTTP/1.1\r\nContent-Type: application/json\r\nHost: g\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            pipeline.Append("GET /health HTTP/1.1\r\nHost: g\r\n\r\n");
        }

        await client.SendAsync(pipeline.ToString());

        for (var i = 0; i < 10; i++)
        {
            Assert.That((await client.ReadAsync()).Text, Does.Contain($"number {i}"));
            Assert.That((await client.ReadAsync()).Text, Does.Contain("\"status\":\"ok\""));
        }
    }

    [Test]
    public async Task What_a_client_sends_behind_its_last_request_does_not_get_it_reset()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync($"GET /raw/a HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n{new string('x', 200_000)}");
        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
        await client.ExpectEndAsync();

        // A client that was reset could not send any more.
        await client.SendAsync("x");
        await client.SendAsync("x");
    }

    [Test]
    public async Task Connection_close_is_answered_and_then_kept()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request, "Connection: close");

        Assert.That(response.Head["connection"], Is.EqualTo("close"));
        await client.ExpectEndAsync();
    }

    [Test]
    public async Task Options_for_the_whole_server_tells_the_methods_and_has_no_body()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            await client.SendAsync("OPTIONS * HTTP/1.1\r\nHost: g\r\n\r\n");
            var head = (await client.ReadAsync(toHead: true)).Head;
            Assert.That(head.FirstLine, Is.EqualTo("HTTP/1.1 204 No Content"));
            Assert.That(head["allow"], Is.EqualTo("GET, HEAD, POST, OPTIONS"));
            Assert.That(head.Has("content-length"), Is.False);
        }

        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task A_client_of_http_1_0_gets_a_length_and_the_end_of_the_connection()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync($"POST /anthropic/v1/messages HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: {Samples.Request.Length}\r\n\r\n");
        await client.SendAsync(Samples.Request);

        Assert.That((await client.ReadAsync()).Head["content-length"], Is.EqualTo("2"));
        await client.ExpectEndAsync();
        Assert.That(provider.Request.Head.FirstLine, Does.EndWith("HTTP/1.1"));
    }

    [Test]
    public async Task A_client_of_http_1_0_gets_a_stream_that_ends_with_the_connection()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.StreamAsync(Samples.Events));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync($"POST /anthropic/v1/messages HTTP/1.0\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nContent-Length: {Samples.Request.Length}\r\n\r\n");
        await client.SendAsync(Samples.Request);
        var response = await client.ReadAsync();

        Assert.That(response.Head.Has("transfer-encoding"), Is.False);
        Assert.That(response.Head["connection"], Is.EqualTo("close"));
        Assert.That(response.Text, Is.EqualTo(Samples.Stream));
    }

    [Test]
    public async Task Expect_is_invited_before_the_body_is_sent()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            await client.SendAsync($"POST /anthropic/v1/messages HTTP/1.1\r\nContent-Type: application/json\r\nHost: g\r\nExpect: 100-continue\r\nContent-Length: {Samples.Request.Length}\r\n\r\n");
            Assert.That((await client.ReadHeadAsync()).Text, Is.EqualTo("HTTP/1.1 100 Continue\r\n\r\n"));
            await client.SendAsync(Samples.Request);

            Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
        }

        Assert.That(provider.Requests[0].Head.Has("expect"), Is.False);
    }

    [Test]
    public async Task Another_expectation_is_417()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("POST /anthropic/v1/messages", "Expect: a-miracle", "Content-Length: 10");

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(417));
        await client.ExpectEndAsync();
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task A_refused_expectation_gets_no_invitation()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("POST /anthropic/v1/messages", "Expect: 100-continue", "Content-Length: 100000000");

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(413));
        await client.ExpectEndAsync();
    }

    [Test]
    public async Task A_length_over_the_limit_is_413_before_the_body_and_the_connection_closes_cleanly()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"max_request_size_mb\": 1"));
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("POST /anthropic/v1/messages", "Content-Length: 1048577");
        var response = await client.ReadAsync();
        await client.SendAsync(new byte[200_000]);
        client.Finish();

        Assert.That(response.Status, Is.EqualTo(413));
        Assert.That(response.ErrorType, Is.EqualTo("request_too_large"));
        Assert.That(response.Head["connection"], Is.EqualTo("close"));
        await client.ExpectEndAsync();
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task A_chunked_body_over_the_limit_is_413()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"max_request_size_mb\": 1"));
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("POST /anthropic/v1/messages", "Transfer-Encoding: chunked");
        await client.SendAsync($"{1024 * 1024 + 1:x}\r\n{{\"a\":\"{new string('a', 1024 * 1024 - 5)}");

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(413));
        client.Finish();
        await client.ExpectEndAsync();
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task A_body_at_the_limit_passes()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"max_request_size_mb\": 1"));
        using var client = await gateway.ConnectAsync();
        var body = Samples.Message("m", new string('a', 1024 * 1024 - Samples.Message("m", "").Length));

        Assert.That((await client.PostAsync(body)).Status, Is.EqualTo(200));
        Assert.That(provider.Request.Body.AsSpan().SequenceEqual(body));
    }

    [Test]
    public async Task A_refused_request_leaves_the_connection_usable_when_its_body_is_small()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("PUT /anthropic/v1/messages", new byte[1000]);
        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(405));

        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
    }

    [TestCase("GET / HTTP/1.1\r\n\r\n", 400)]
    [TestCase("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [TestCase("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "api_error")]
    [TestCase("GET /\nHost: a\n\n", 400)]
    [TestCase("POST /anthropic/v1/messages HTTP/1.1\r\nContent-Type: application/json\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [TestCase("POST /anthropic/v1/messages HTTP/1.1\r\nContent-Type: application/json\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400)]
    [TestCase("POST /anthropic/v1/messages HTTP/1.1\r\nContent-Type: application/json\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400)]
    [TestCase("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400)]
    public async Task What_breaks_the_grammar_is_refused_in_anthropics_shape_and_closes_and_reaches_nobody(string bytes, int status, string type = "invalid_request_error")
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync(bytes);
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(status));
        Assert.That(response.ErrorType, Is.EqualTo(type));
        Assert.That(response.Head["connection"], Is.EqualTo("close"));
        client.Finish();
        await client.ExpectEndAsync();
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task A_smuggled_request_behind_a_refused_one_is_never_seen()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync(
            "POST /raw/a HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /raw/smuggled HTTP/1.1\r\nHost: g\r\n\r\n");

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(400));
        client.Finish();
        await client.ExpectEndAsync();
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task A_request_that_was_on_its_way_when_the_end_began_is_answered()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind, limits => limits with { DrainGraceMs = 20_000 });
        using var client = await gateway.ConnectAsync();
        await client.PostAsync(Samples.Request);

        var drained = gateway.DrainAsync();
        await gateway.CountRentedBlocksAsync();
        var last = await client.PostAsync(Samples.Request);

        Assert.That(last.Status, Is.EqualTo(200));
        Assert.That(last.Head["connection"], Is.EqualTo("close"));
        await client.ExpectEndAsync();
        await drained;
    }
}
