using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class DeadlineTests(TransportKind kind)
{
    [Test]
    public async Task A_head_that_does_not_end_in_time_is_408()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind, limits => limits with { HeadTimeoutMs = 100 });
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/mess");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(408));
        Assert.That(response.Head["connection"], Is.EqualTo("close"));
        client.Finish();
        await client.ExpectEndAsync();
    }

    [TestCase("/anthropic/v1/messages", "Content-Length: 1000")]
    [TestCase("/anthropic/v1/messages", "Transfer-Encoding: chunked")]
    [TestCase("/raw/x", "Content-Length: 1000")]
    [TestCase("/raw/x", "Content-Length: 1000000")]
    [TestCase("/raw/x", "Transfer-Encoding: chunked")]
    public async Task A_body_that_comes_too_slowly_is_408(string path, string framing)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind, limits => limits with { BodyGraceMs = 100, BodyBytesPerSecond = 10_000 });
        using var client = await gateway.ConnectAsync();

        await client.AskAsync($"POST {path}", framing);
        await client.SendAsync("5\r\n{\"a\":");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(408));
        client.Finish();
        await client.ExpectEndAsync();
        Assert.That(provider.Requests.All(request => !request.IsWhole), "the provider never sees a whole request");
    }

    [Test]
    public async Task A_connection_without_a_request_is_closed_in_silence([Values] bool hasServed)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind, limits => limits with { KeepAliveMs = 200 });
        using var client = await gateway.ConnectAsync();
        if (hasServed)
        {
            _ = await client.PostAsync(Samples.Request);
        }

        await client.ExpectEndAsync();
    }

    [Test]
    public async Task An_idle_connection_goes_sooner_when_memory_is_short()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        _ = await client.PostAsync(Samples.Request);

        gateway.Shrink(_ => 1);

        await client.ExpectEndAsync();
    }

    [Test]
    public async Task A_provider_that_hangs_longer_than_the_request_may_take_is_504()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.HangAsync());
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"request_timeout_seconds\": 1"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Status, Is.EqualTo(504));
        Assert.That(response.ErrorType, Is.EqualTo("timeout_error"));
        Assert.That(response.ErrorMessage, Does.Contain("'scripted'"));
        await provider.Connections[0].Closed;
        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_stream_that_hangs_longer_than_the_request_may_take_ends_in_an_error_event()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(Samples.Events[0]);
            await exchange.HangAsync();
        });
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"request_timeout_seconds\": 1"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.IsWhole, Is.False);
        Assert.That(response.Text, Does.StartWith(Samples.Events[0]).And.Contain("event: error"));
        await provider.Connections[0].Closed;
    }

    [Test]
    public async Task A_client_that_takes_no_byte_for_too_long_is_cut_off_and_its_provider_let_go()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.FloodAsync(int.MaxValue));
        await using var gateway = TestGateway.Before(provider, kind, limits => limits with { WriteStallMs = 200 });
        using var client = await gateway.ConnectAsync(receiveBufferBytes: 8 * 1024);

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);

        await gateway.ServedAsync(connections: 1);
        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Some.Contain("\"client_aborted\""));
    }

    [Test]
    public async Task A_connection_over_the_limit_is_closed_at_once()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"max_connections\": 2"));
        using var first = await gateway.ConnectAsync();
        using var second = await gateway.ConnectAsync();
        _ = await first.PostAsync(Samples.Request);
        _ = await second.PostAsync(Samples.Request);

        await ExpectTurnedAwayAsync(gateway);

        Assert.That((await first.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
    }

    // The kernel has accepted the connection before the gateway can: it may be gone even before its client knows of it.
    private static async Task ExpectTurnedAwayAsync(TestGateway gateway)
    {
        try
        {
            using var client = await gateway.ConnectAsync();
            await client.ExpectEndAsync(allowReset: true);
        }
        catch (System.Net.Sockets.SocketException exception)
        {
            Assert.That(exception.SocketErrorCode, Is.EqualTo(System.Net.Sockets.SocketError.ConnectionReset));
        }
    }
}
