using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Conformance;

/// <summary>No framing makes a provider see a request that the gateway did not see (RFC 9112 section 11.2).</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class SmugglingTests(TransportKind kind)
{
    private const string Smuggled = "GET /raw/smuggled HTTP/1.1\r\nHost: g\r\n\r\n";

    [TestCase("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [TestCase("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [TestCase("Content-Length: 0\r\nContent-Length: 5\r\n\r\n")]
    [TestCase("Content-Length: 0, 5\r\n\r\n")]
    [TestCase("Content-Length: +0\r\n\r\n")]
    [TestCase("Content-Length: 0x0\r\n\r\n")]
    [TestCase("Content-Length:\r\n\r\n")]
    [TestCase("Content-Length : 0\r\n\r\n")]
    [TestCase("Content-Length\r\n: 0\r\n\r\n")]
    [TestCase("X: y\n\r\nContent-Length: 5\r\n\r\n")]
    [TestCase("X: y\rContent-Length: 0\r\n\r\n")]
    [TestCase("X:\r\n Content-Length: 5\r\n\r\n")]
    [TestCase(" Content-Length: 5\r\n\r\n")]
    [TestCase("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [TestCase("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [TestCase("Transfer-Encoding: identity\r\n\r\n")]
    [TestCase("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [TestCase("Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n")]
    [TestCase("Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n")]
    [TestCase("Transfer_Encoding : chunked\r\n\r\n0\r\n\r\n")]
    public async Task A_head_that_could_be_framed_two_ways_is_refused_with_all_that_follows(string fields)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync($"POST /raw/x HTTP/1.1\r\nHost: g\r\n{fields}{Smuggled}");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(400).Or.EqualTo(501));
        Assert.That(response.Head["connection"], Is.EqualTo("close"));
        client.Finish();
        await client.ExpectEndAsync();
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [TestCase("0 \r\n\r\n")]
    [TestCase(" 0\r\n\r\n")]
    [TestCase("0x0\r\n\r\n")]
    [TestCase("-0\r\n\r\n")]
    [TestCase("0\n\r\n")]
    [TestCase("0\r\r\n\r\n")]
    [TestCase("0;a\nb\r\n\r\n")]
    [TestCase("0;a=\"\r\n\r\n")]
    [TestCase("1\r\naXX0\r\n\r\n")]
    [TestCase("1\r\na\n0\r\n\r\n")]
    [TestCase("10000000000000000\r\n")]
    [TestCase("0\r\nTrailer without colon\r\n\r\n")]
    [TestCase("0\r\nX: a\n\r\n")]
    [TestCase("0\r\nX : a\r\n\r\n")]
    public async Task A_chunk_that_could_be_read_two_ways_is_refused_with_all_that_follows(string chunks)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync($"POST /raw/x HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}{Smuggled}");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(400));
        client.Finish();
        await client.ExpectEndAsync();
        Assert.That(provider.Requests.Any(request => request.IsWhole), Is.False);
        Assert.That(provider.Requests.Any(request => request.Head.FirstLine.Contains("smuggled", StringComparison.Ordinal)), Is.False);
    }

    [Test]
    public async Task What_follows_a_sound_request_is_a_request_of_its_own_and_only_that()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync($"POST /raw/x HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n5;ext=\"a;b\"\r\nhello\r\n0\r\nX: y\r\n\r\n{Smuggled}");

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
        Assert.That(provider.Requests.Select(request => request.Head.FirstLine), Is.EqualTo(["POST /x HTTP/1.1", "GET /smuggled HTTP/1.1"]));
        Assert.That(provider.Requests[0].Text, Is.EqualTo("hello"));
        Assert.That(provider.Requests[0].Head.Text, Does.Not.Contain("ext"));
    }

    [TestCase("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n")]
    [TestCase("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")]
    public async Task An_upgrade_is_never_passed_on_and_its_tunnel_never_opens(string fields)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync($"GET /raw/x HTTP/1.1\r\nHost: g\r\n{fields}\r\n");

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
        Assert.That(provider.Request.Head.Has("upgrade") || provider.Request.Head.Has("connection") || provider.Request.Head.Has("http2-settings"), Is.False);
    }
}
