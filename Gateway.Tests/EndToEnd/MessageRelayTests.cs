using System.Security.Cryptography;
using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class MessageRelayTests(TransportKind kind)
{
    [Test]
    public async Task A_json_answer_arrives_byte_for_byte()
    {
        await using var provider = new ScriptedProvider().Next(exchange => exchange.AnswerJsonAsync(Samples.Answer));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Head.FirstLine, Is.EqualTo("HTTP/1.1 200 Told"));
        Assert.That(response.Text, Is.EqualTo(Samples.Answer));
        Assert.That(response.Head["content-length"], Is.EqualTo(Encoding.UTF8.GetByteCount(Samples.Answer).ToString()));
    }

    [Test]
    public async Task A_stream_arrives_byte_for_byte()
    {
        await using var provider = new ScriptedProvider().Next(exchange => exchange.StreamAsync(Samples.Events));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.IsWhole);
        Assert.That(response.Head["content-type"], Is.EqualTo("text/event-stream; charset=utf-8"));
        Assert.That(response.Text, Is.EqualTo(Samples.Stream));
    }

    [Test]
    public async Task A_stream_cut_into_chunks_of_any_size_arrives_byte_for_byte([Values(1, 2, 3, 7, 64)] int size)
    {
        await using var provider = new ScriptedProvider().Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            foreach (var piece in Encoding.UTF8.GetBytes(Samples.Stream).Chunk(size))
            {
                await exchange.SendChunkAsync(piece);
            }

            await exchange.EndChunksAsync();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.IsWhole);
        Assert.That(response.Text, Is.EqualTo(Samples.Stream));
    }

    [Test]
    public async Task Each_event_arrives_before_the_next_is_sent()
    {
        var seen = Samples.Events.Select(_ => new TaskCompletionSource()).ToArray();
        await using var provider = new ScriptedProvider().Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            for (var i = 0; i < seen.Length; i++)
            {
                await exchange.SendChunkAsync(Samples.Events[i]);
                await seen[i].Task.Soon();
            }

            await exchange.EndChunksAsync();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        _ = await client.ReadHeadAsync();
        foreach (var arrived in seen)
        {
            _ = await client.ReadUntilAsync("\n\n\r\n");
            arrived.SetResult();
        }

        Assert.That(await client.ReadUntilAsync("\r\n\r\n"), Is.EqualTo("0\r\n\r\n"));
    }

    [TestCase(200)]
    [TestCase(40_000)]
    [TestCase(300_000)]
    public async Task The_request_body_reaches_the_provider_with_the_same_hash(int bytes)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var body = Samples.LargeMessage(bytes);

        _ = await client.PostAsync(body);

        Assert.That(SHA256.HashData(provider.Request.Body), Is.EqualTo(SHA256.HashData(body)));
        Assert.That(provider.Request.Head["content-length"], Is.EqualTo(body.Length.ToString()));
    }

    [TestCase("m")]
    [TestCase("a-model-with-a-much-longer-name-than-the-one-that-was-asked-for")]
    public async Task A_mapped_model_is_exchanged_and_every_other_byte_stays(string mapped)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(
            provider, $$"""
            "api_key": "k", "model_map": { "claude-test": "{{mapped}}" }
            """));
        using var client = await gateway.ConnectAsync();
        var body = Samples.LargeMessage(60_000);

        _ = await client.PostAsync(body);

        var expected = Encoding.UTF8.GetString(body).Replace("\"claude-test\"", $"\"{mapped}\"", StringComparison.Ordinal);
        Assert.That(SHA256.HashData(provider.Request.Body), Is.EqualTo(SHA256.HashData(Encoding.UTF8.GetBytes(expected))));
    }

    [Test]
    public async Task A_request_in_pieces_of_any_size_arrives_whole([Values(1, 5, 17, 1000)] int size)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        byte[] request =
        [
            .. Encoding.ASCII.GetBytes($"POST /anthropic/v1/messages HTTP/1.1\r\nContent-Type: application/json\r\nHost: g\r\nContent-Length: {Samples.Request.Length}\r\n\r\n"),
            .. Samples.Request,
        ];

        foreach (var piece in request.Chunk(size))
        {
            await client.SendAsync(piece);
        }

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
        Assert.That(provider.Request.Body, Is.EqualTo(Samples.Request));
    }

    [Test]
    public async Task A_chunked_request_is_framed_anew_with_its_length_and_its_trailers_dropped([Values(1, 10, 5000)] int size)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var body = Samples.LargeMessage(6_000);

        await client.SendAsync("POST /anthropic/v1/messages HTTP/1.1\r\nContent-Type: application/json\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var piece in body.Chunk(size))
        {
            await client.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"{piece.Length:X}\r\n"), .. piece, .. "\r\n"u8]);
        }

        await client.SendAsync("0\r\nX-Trailer: dropped\r\n\r\n");

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
        Assert.That(provider.Request.Body, Is.EqualTo(body));
        Assert.That(provider.Request.Head["content-length"], Is.EqualTo(body.Length.ToString()));
        Assert.That(provider.Request.Head.Has("x-trailer"), Is.False);
    }

    [Test]
    public async Task An_answer_until_close_arrives_whole_when_its_stream_came_to_its_own_end()
    {
        await using var provider = new ScriptedProvider().Next(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n");
            await exchange.SendAsync(Encoding.UTF8.GetBytes(Samples.Stream));
            exchange.Connection.Close();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.IsWhole);
        Assert.That(response.Text, Is.EqualTo(Samples.Stream));
    }
}
