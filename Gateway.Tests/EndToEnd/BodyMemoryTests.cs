using System.IO.Compression;
using System.Text;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Large requests take memory for as long as they may be sent again, and no more of it than there is.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class BodyMemoryTests(TransportKind kind)
{
    private const int Large = 200_000;

    [TestCase("length")]
    [TestCase("chunked")]
    [TestCase("gzip")]
    public async Task A_request_that_there_is_no_memory_for_is_told_to_come_again_and_reaches_nobody(string form)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind, limits => limits with { Room = new BodyRoom(Large / 2) });
        using var client = await gateway.ConnectAsync();

        await SendAsync(client, form);
        var refused = await client.ReadAsync();

        Assert.That((refused.Status, refused.ErrorType), Is.EqualTo((529, "overloaded_error")));
        Assert.That(int.Parse(refused.Head["retry-after"]!), Is.InRange(1, 5));
        Assert.That(provider.ConnectionCount, Is.Zero);
        using var next = await gateway.ConnectAsync();
        Assert.That((await next.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_request_is_given_back_when_its_answer_has_begun(
        [Values("anthropic", "openai", "openai-responses")] string dialect, [Values("length", "chunked", "gzip")] string form)
    {
        const int OneStream = 4;
        var (first, text) = Begin(dialect);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(first);
            await goOn.Task.Soon();
            exchange.Connection.Close();
        });
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, $"\"dialect\": \"{dialect}\", \"api_key\": \"k\", \"supports_vision\": true"));
        using var client = await gateway.ConnectAsync();

        await SendAsync(client, form);
        await client.ReadPayloadUntilAsync(text);

        await gateway.HoldsAtMostAsync(OneStream);
        Assert.That(gateway.Limits.Room.Taken, Is.Zero);
        goOn.SetResult();
        await client.ReadPayloadUntilAsync("event: error");
    }

    private static async Task SendAsync(RawClient client, string form)
    {
        const string Post = "POST /anthropic/v1/messages";
        var body = Samples.LargeMessage(Large);
        switch (form)
        {
            case "length":
                await client.SendAsync(Post, body);
                break;
            case "gzip":
                using (var coded = new MemoryStream())
                {
                    await using (var gzip = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
                    {
                        await gzip.WriteAsync(body);
                    }

                    await client.SendAsync(Post, coded.ToArray(), "content-encoding: gzip");
                }

                break;
            default:
                await client.SendAsync($"{Post} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n");
                await client.SendAsync(body);
                await client.SendAsync("\r\n0\r\n\r\n");
                break;
        }
    }

    private static (string Events, string Text) Begin(string dialect) => dialect switch
    {
        "anthropic" => (string.Concat(Samples.Events[..4]), Encoding.Latin1.GetString("Grüße"u8)),
        "openai" => ("""data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}""" + "\n\n", "Hello"),
        _ => (
            """event: response.created""" + "\n" + """data: {"type":"response.created","response":{"id":"r","model":"m","status":"in_progress","output":[]}}""" + "\n\n"
            + """event: response.output_item.added""" + "\n" + """data: {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"i","role":"assistant","content":[]}}""" + "\n\n"
            + """event: response.output_text.delta""" + "\n" + """data: {"type":"response.output_text.delta","item_id":"i","output_index":0,"content_index":0,"delta":"Hello"}""" + "\n\n",
            "Hello"),
    };
}
