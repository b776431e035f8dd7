using System.IO.Compression;
using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class CompressionTests(TransportKind kind)
{
    [TestCase("gzip")]
    [TestCase("GZIP")]
    [TestCase("x-gzip")]
    [TestCase("deflate")]
    [TestCase("br")]
    [TestCase("zstd")]
    public async Task A_compressed_request_reaches_the_provider_decoded(string coding)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var body = Samples.LargeMessage(20_000);

        var response = await client.PostAsync(Encode(body, coding), $"Content-Encoding: {coding}");

        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        Assert.That(provider.Request.Body, Is.EqualTo(body));
        Assert.That(provider.Request.Head.Has("content-encoding"), Is.False);
        Assert.That(provider.Request.Head["content-length"], Is.EqualTo(body.Length.ToString()));
    }

    [TestCase("gzip")]
    [TestCase("deflate")]
    [TestCase("br")]
    [TestCase("zstd")]
    public async Task A_bomb_is_refused_and_reaches_nobody(string coding)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var bomb = Encode(Encoding.ASCII.GetBytes("{\"model\":\"" + new string('a', 4_000_000) + "\"}"), coding);

        var response = await client.PostAsync(bomb, $"Content-Encoding: {coding}");

        Assert.That(response.Status, Is.EqualTo(413));
        Assert.That(response.ErrorType, Is.EqualTo("request_too_large"));
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task A_coding_that_is_not_supported_is_415_and_names_those_that_are()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request, "Content-Encoding: compress");

        Assert.That(response.Status, Is.EqualTo(415));
        Assert.That(response.Head["accept-encoding"], Does.Contain("gzip").And.Contain("zstd"));
        Assert.That(response.ErrorType, Is.EqualTo("invalid_request_error"));
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task A_broken_compressed_body_is_400(string coding)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var broken = Encode(Samples.LargeMessage(20_000), coding)[..^100];

        Assert.That((await client.PostAsync(broken, $"Content-Encoding: {coding}")).Status, Is.EqualTo(400));
        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200), "the connection goes on");
    }

    [TestCase("gzip")]
    [TestCase("deflate")]
    [TestCase("br")]
    [TestCase("zstd")]
    public async Task An_answer_that_comes_compressed_all_the_same_is_decoded(string coding)
    {
        await using var provider = new ScriptedProvider();
        provider.Otherwise = exchange => exchange.AnswerAsync(
            200, $"content-type: application/json\r\ncontent-encoding: {coding}\r\n", Encode(Encoding.UTF8.GetBytes(Samples.Answer), coding));
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            var response = await client.PostAsync(Samples.Request);
            Assert.That(response.IsWhole);
            Assert.That(response.Text, Is.EqualTo(Samples.Answer));
            Assert.That(response.Head.Has("content-encoding"), Is.False);
        }

        Assert.That(provider.ConnectionCount, Is.EqualTo(1), "the provider's connection was used again");
    }

    [Test]
    public async Task A_compressed_stream_is_decoded_event_by_event()
    {
        var isSeen = new TaskCompletionSource();
        await using var provider = new ScriptedProvider().Next(async exchange =>
        {
            await exchange.BeginStreamAsync("content-encoding: gzip\r\n");
            var coded = new MemoryStream();
            await using (var encoder = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
            {
                await encoder.WriteAsync(Encoding.UTF8.GetBytes(Samples.Events[0]));
                await encoder.FlushAsync();
                await exchange.SendChunkAsync(coded.ToArray());
                coded.SetLength(0);
                await isSeen.Task.Soon();
                await encoder.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Samples.Events[1..])));
            }

            await exchange.SendChunkAsync(coded.ToArray());
            await exchange.EndChunksAsync();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        client.WhenBodyBytes(Samples.Events[0].Length, isSeen.SetResult);
        var response = await client.ReadAsync();

        Assert.That(response.IsWhole);
        Assert.That(response.Text, Is.EqualTo(Samples.Stream));
    }

    [Test]
    public async Task A_compressed_stream_that_is_cut_never_looks_whole()
    {
        await using var provider = new ScriptedProvider().Next(async exchange =>
        {
            await exchange.BeginStreamAsync("content-encoding: gzip\r\n");
            await exchange.SendChunkAsync(Encode(Encoding.UTF8.GetBytes(Samples.Stream), "gzip").AsMemory()[..^30]);
            exchange.Connection.Close();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.IsWhole, Is.False);
        Assert.That(response.Text, Does.Contain("event: error"));
    }

    [Test]
    public async Task Another_provider_takes_over_from_a_compressed_stream_that_fails_before_its_content(
        [Values("gzip", "zstd")] string coding,
        [Values("", "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}\n\n")] string failure,
        [Values] bool begins)
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => StreamAsync(exchange, (begins ? Samples.Events[0] : "") + failure, coding) };
        await using var second = new ScriptedProvider { Otherwise = exchange => StreamAsync(exchange, Samples.Stream, coding) };
        await using var gateway = new TestGateway(kind, Two(first, second));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That((response.Status, response.IsWhole, response.Text), Is.EqualTo((200, true, Samples.Stream)));
        Assert.That(response.Head["x-gateway-provider"], Is.EqualTo("second"));
        Assert.That(response.Head.Has("content-encoding"), Is.False);
    }

    [TestCase("gzip", true)]
    [TestCase("gzip", false)]
    [TestCase("zstd", false)]
    [TestCase("br", true)]
    public async Task A_compressed_error_means_what_it_says(string coding, bool saysSo)
    {
        const string NoMoney = """{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}""";
        var body = Encode(Encoding.UTF8.GetBytes(NoMoney), coding);
        var fields = "content-type: application/json\r\n" + (saysSo ? $"content-encoding: {coding}\r\n" : "");
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerAsync(400, fields, body) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var both = new TestGateway(kind, Two(first, second));
        using var client = await both.ConnectAsync();
        Assert.That((await client.PostAsync(Samples.Request)).Text, Is.EqualTo(Samples.Answer), "money is gone there: another is asked");

        await using var alone = TestGateway.Before(first, kind);
        using var other = await alone.ConnectAsync();
        var response = await other.PostAsync(Samples.Request);
        Assert.That((response.Status, response.Text), Is.EqualTo((400, NoMoney)));
        Assert.That(response.Head.Has("content-encoding"), Is.False);
        Assert.That(response.Head["content-length"], Is.EqualTo(NoMoney.Length.ToString()));
    }

    [Test]
    public async Task The_silence_of_a_compressed_stream_is_measured_and_whoever_waits_hears_from_us_meanwhile([Values] bool isHeld)
    {
        using var coded = new MemoryStream();
        await using var encoder = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true);
        await encoder.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Samples.Events[..4])));
        await encoder.FlushAsync();
        var beginning = coded.ToArray();
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync("content-encoding: gzip\r\n");
                await exchange.SendChunkAsync(beginning);
                await exchange.HangAsync();
            },
        };
        await using var other = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, $$"""
            { "claude_gateway": { "keep_alive_comment_ms": 100 },
              "providers": {
                "first": { "base_url": "{{provider.Url}}", "auth": "none", "idle_timeout_seconds": 1 },
                "second": { "base_url": "{{other.Url}}", "auth": "none" } },
              "routes": [ { "targets": [ {{(isHeld ? "\"first\", \"second\"" : "\"first\"")}} ] } ] }
            """);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        var text = await client.ReadPayloadUntilAsync("event: error\n");

        Assert.That(text, Does.Contain("text_delta").And.Contain("\n\n: keep-alive\n\n"));
        Assert.That(other.Requests, Is.Empty);
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task A_compressed_stream_of_another_dialect_is_translated_as_well(string coding)
    {
        const string Chunks = "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        var body = Encode(Encoding.UTF8.GetBytes(Chunks), coding);
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange => exchange.AnswerAsync(200, $"content-type: text/event-stream\r\ncontent-encoding: {coding}\r\n", body),
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"auth\": \"none\", \"dialect\": \"openai\""));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.Text, Does.Contain("Hello").And.Contain("event: message_stop"));
        Assert.That(response.Head.Has("content-encoding"), Is.False);
    }

    private static byte[] Encode(byte[] body, string coding)
    {
        var output = new MemoryStream();
        using (Stream encoder = coding.ToLowerInvariant() switch
        {
            "deflate" => new ZLibStream(output, CompressionLevel.Fastest),
            "br" => new BrotliStream(output, CompressionLevel.Fastest),
            "zstd" => new ZstdSharp.CompressionStream(output),
            _ => new GZipStream(output, CompressionLevel.Fastest),
        })
        {
            encoder.Write(body);
        }

        return output.ToArray();
    }

    private static async Task StreamAsync(ProviderExchange exchange, string text, string coding)
    {
        await exchange.BeginStreamAsync($"content-encoding: {coding}\r\n");
        if (text.Length > 0)
        {
            await exchange.SendChunkAsync(Encode(Encoding.UTF8.GetBytes(text), coding));
        }

        await exchange.EndChunksAsync();
    }

    private static string Two(ScriptedProvider first, ScriptedProvider second) => $$"""
        { "providers": { "first": { "base_url": "{{first.Url}}", "auth": "none" }, "second": { "base_url": "{{second.Url}}", "auth": "none" } },
          "routes": [ { "targets": ["first", "second"] } ] }
        """;
}
