using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class PassthroughTests(TransportKind kind)
{
    [TestCase("GET")]
    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("PATCH")]
    [TestCase("DELETE")]
    [TestCase("OPTIONS")]
    [TestCase("PROPFIND")]
    public async Task Any_method_and_any_body_pass(string method)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerAsync(207, "x-theirs: 1\r\n", exchange.Request.Body) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        byte[] body = [0, 1, 2, 0xff, .. "not json {"u8];

        await client.SendAsync($"{method} /raw/a/../b%2F?q=1&q", body, "Authorization: Bearer mine", "X-Api-Key: mine", "Content-Encoding: gzip", "Accept-Encoding: br");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(207));
        Assert.That(response.Body, Is.EqualTo(body));
        Assert.That(provider.Request.Head.FirstLine, Is.EqualTo($"{method} /a/../b%2F?q=1&q HTTP/1.1"));
        Assert.That(provider.Request.Head["authorization"], Is.EqualTo("Bearer mine"));
        Assert.That(provider.Request.Head["content-encoding"], Is.EqualTo("gzip"));
        Assert.That(provider.Request.Head["accept-encoding"], Is.EqualTo("br"));
    }

    [TestCase("GET /")]
    [TestCase("POST /echo")]
    [TestCase("DELETE /anthropics?q")]
    [TestCase("GET /anthropic/v2")]
    public async Task A_route_for_the_root_takes_what_nothing_else_answers_on(string line)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerAsync(207, "", "theirs"u8.ToArray()) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider).Replace("\"/raw\"", "\"/\""));
        using var client = await gateway.ConnectAsync();

        await client.AskAsync(line);

        Assert.That((await client.ReadAsync()).Text, Is.EqualTo("theirs"));
        Assert.That(provider.Request.Head.FirstLine, Is.EqualTo($"{line} HTTP/1.1"));
    }

    [TestCase("GET /health")]
    [TestCase("GET /livez")]
    [TestCase("GET /metrics")]
    [TestCase("GET /providers/scripted")]
    [TestCase("GET /anthropic/v1/models")]
    [TestCase("GET /v1/models")]
    public async Task A_route_for_the_root_leaves_the_gateway_its_own_paths(string line)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerAsync(207, "", "theirs"u8.ToArray()) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider).Replace("\"/raw\"", "\"/\""));
        using var client = await gateway.ConnectAsync();

        await client.AskAsync(line);

        Assert.That((await client.ReadAsync()).Status, Is.Not.EqualTo(207));
    }

    [Test]
    public async Task An_answer_to_head_tells_its_length_and_has_no_body()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n") };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            await client.AskAsync("HEAD /raw/x");
            Assert.That((await client.ReadAsync(toHead: true)).Head["content-length"], Is.EqualTo("1234"));
        }

        Assert.That(provider.ConnectionCount, Is.EqualTo(1));
    }

    [TestCase("HTTP/1.1 204 No Content\r\n\r\n")]
    [TestCase("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nContent-Length: 10\r\n\r\n")]
    public async Task Answers_without_a_body_keep_both_connections(string answer)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.SendAsync(answer) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            await client.AskAsync("GET /raw/x");
            Assert.That((await client.ReadAsync(toHead: true)).Head.FirstLine, Is.EqualTo(answer.Split('\r')[0]));
        }

        Assert.That(provider.ConnectionCount, Is.EqualTo(1));
    }

    [Test]
    public async Task A_large_chunked_upload_streams_while_its_answer_streams_back()
    {
        const int Pieces = 40;
        await using var provider = new ScriptedProvider { ReadsBodies = false };
        provider.Next(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            await exchange.SendChunkAsync("begun");
            await exchange.ReadBodyAsync();
            await exchange.SendChunkAsync($" got {exchange.Request.Body.Length}");
            await exchange.EndChunksAsync();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var piece = Encoding.ASCII.GetBytes("1000\r\n" + new string('u', 4096) + "\r\n");

        await client.AskAsync("POST /raw/upload", "Transfer-Encoding: chunked");
        await client.SendAsync(piece);
        _ = await client.ReadUntilAsync("begun\r\n");
        for (var i = 1; i < Pieces; i++)
        {
            await client.SendAsync(piece);
        }

        await client.SendAsync("0\r\n\r\n");

        Assert.That(await client.ReadUntilAsync("0\r\n\r\n"), Does.Contain($" got {Pieces * 4096}"));
        Assert.That(provider.Request.IsWhole);
        Assert.That(provider.Request.Head["transfer-encoding"], Is.EqualTo("chunked"));
    }

    [Test]
    public async Task A_large_upload_of_known_length_streams_with_its_length()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var body = Samples.LargeMessage(200_000);

        for (var i = 0; i < 2; i++)
        {
            await client.SendAsync("PUT /raw/upload", body);
            Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
            Assert.That(provider.Requests[i].Body, Is.EqualTo(body));
            Assert.That(provider.Requests[i].Head["content-length"], Is.EqualTo(body.Length.ToString()));
        }
    }

    [Test]
    public async Task An_answer_before_the_upload_was_read_reaches_the_client()
    {
        await using var provider = new ScriptedProvider { ReadsBodies = false };
        provider.Next(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno");
            exchange.Connection.Finish();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("POST /raw/upload", "Content-Length: 1000000");
        await client.SendAsync(new byte[1000]);
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(403));
        Assert.That(response.Text, Is.EqualTo("no"));
        client.Finish();
        await client.ExpectEndAsync();
        await provider.Connections[0].Closed;
    }

    [Test]
    public async Task An_upload_that_breaks_off_never_looks_whole_to_the_provider([Values("Content-Length: 100000", "Transfer-Encoding: chunked")] string framing)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using (var client = await gateway.ConnectAsync())
        {
            await client.AskAsync("POST /raw/upload", framing);
            await client.SendAsync("5\r\nhello\r\n");
        }

        await gateway.ServedAsync(connections: 1);
        Assert.That(provider.Requests.All(request => !request.IsWhole));
    }

    [Test]
    public async Task A_chunked_upload_whose_framing_breaks_is_400_and_cuts_the_provider()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("POST /raw/upload", "Transfer-Encoding: chunked");
        await client.SendAsync("5\r\nhello\r\nzz\r\n");

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(400));
        client.Finish();
        await client.ExpectEndAsync();
        Assert.That(provider.Requests.All(request => !request.IsWhole));
    }

    [Test]
    public async Task A_compressed_answer_passes_as_it_is()
    {
        byte[] coded = [0x1f, 0x8b, 1, 2, 3];
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.AnswerAsync(200, "content-encoding: gzip\r\n", coded));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /raw/x");
        var response = await client.ReadAsync();

        Assert.That(response.Body, Is.EqualTo(coded));
        Assert.That(response.Head["content-encoding"], Is.EqualTo("gzip"));
    }

    [Test]
    public async Task A_foreign_stream_that_dies_gets_nothing_added()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync("data: {\"choices\":[");
            exchange.Connection.Close();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.AskAsync("GET /raw/x");
        var response = await client.ReadAsync();

        Assert.That(response.IsWhole, Is.False);
        Assert.That(response.Text, Is.EqualTo("data: {\"choices\":["));
    }
}
