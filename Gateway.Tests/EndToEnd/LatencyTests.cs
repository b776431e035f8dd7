using System.IO.Compression;
using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>What the policies know of a provider's speed is the time to its first content.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class LatencyTests(TransportKind kind)
{
    [Test]
    public async Task It_ends_with_the_first_content_and_not_with_the_head([Values] bool isCoded, [Values] bool isHeld)
    {
        var time = new ManualTime();
        time.Advance(1_000);
        var mayGoOn = new TaskCompletionSource();
        var hasBegun = new TaskCompletionSource();
        var (beginning, rest) = Pieces(isCoded);
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync(isCoded ? "content-encoding: gzip\r\n" : "");
                await exchange.SendChunkAsync(beginning);
                hasBegun.SetResult();
                await mayGoOn.Task.Soon();
                await exchange.SendChunkAsync(rest);
                await exchange.EndChunksAsync();
            },
        };
        await using var other = new ScriptedProvider();
        await using var gateway = new TestGateway(
            kind,
            $$"""
            { "providers": { "first": { "base_url": "{{provider.Url}}", "auth": "none" }, "second": { "base_url": "{{other.Url}}", "auth": "none" } },
              "routes": [ { "targets": [ {{(isHeld ? "\"first\", \"second\"" : "\"first\"")}} ] } ] }
            """,
            reactors: 1,
            time: time);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await hasBegun.Task.Soon();
        time.Advance(700);
        mayGoOn.SetResult();
        Assert.That((await client.ReadAsync()).Text, Is.EqualTo(Samples.Stream));

        await client.AskAsync("GET /providers/first");
        Assert.That((await client.ReadAsync()).Json.GetProperty("latency_ms").GetDouble(), Is.EqualTo(700));
    }

    // The head and the first event, and then everything else.
    private static (byte[] Beginning, byte[] Others) Pieces(bool isCoded)
    {
        var (first, others) = (Encoding.UTF8.GetBytes(Samples.Events[0]), Encoding.UTF8.GetBytes(string.Concat(Samples.Events[1..])));
        if (!isCoded)
        {
            return (first, others);
        }

        using var coded = new MemoryStream();
        using var encoder = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true);
        encoder.Write(first);
        encoder.Flush();
        var beginning = coded.ToArray();
        encoder.Write(others);
        encoder.Dispose();
        return (beginning, coded.ToArray()[beginning.Length..]);
    }
}
