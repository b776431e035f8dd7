using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class BackPressureTests(TransportKind kind)
{
    // More than all socket buffers on the way hold together.
    private const int Flood = 48 * 1024 * 1024;
    private const int MostBlocks = 24;

    [Test]
    public async Task A_client_that_does_not_read_stops_the_reading_from_the_provider()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.FloodAsync(Flood));
        await using var gateway = TestGateway.Before(provider, kind, reactors: 1);
        using var client = await gateway.ConnectAsync(receiveBufferBytes: 8 * 1024);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);

        await StandstillAsync(gateway, () => provider.Connections is [var only] ? only.SentBytes : 0);

        Assert.That(provider.Connections[0].SentBytes, Is.LessThan(Flood));
        Assert.That(await gateway.CountRentedBlocksAsync(), Is.LessThan(MostBlocks), "what waits is bounded");
        client.Reset();
    }

    [Test]
    public async Task A_client_that_reads_on_gets_everything()
    {
        const int Bytes = 2 * 1024 * 1024;
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.FloodAsync(Bytes));
        await using var gateway = TestGateway.Before(provider, kind, reactors: 1);
        using var client = await gateway.ConnectAsync(receiveBufferBytes: 8 * 1024);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);

        await StandstillAsync(gateway, () => provider.Connections is [var only] ? only.SentBytes : 0);
        var response = await client.ReadAsync();

        Assert.That(response.IsWhole);
        Assert.That(response.Body, Has.Length.EqualTo(Bytes));
        Assert.That(response.Body.AsSpan().IndexOfAnyExcept((byte)'x'), Is.Negative);
    }

    [Test]
    public async Task A_provider_that_does_not_read_stops_the_reading_from_the_client()
    {
        await using var provider = new ScriptedProvider(receiveBufferBytes: 8 * 1024) { ReadsBodies = false };
        var isReleased = new TaskCompletionSource();
        provider.Next(async exchange =>
        {
            await isReleased.Task.Soon();
            exchange.Connection.Reset();
        });
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"max_request_size_mb\": 1024"), reactors: 1);
        using var client = await gateway.ConnectAsync();
        await client.AskAsync("POST /raw/upload", $"Content-Length: {Flood}");
        var sent = 0;
        var upload = UploadAsync();

        await StandstillAsync(gateway, () => Volatile.Read(ref sent));

        Assert.That(Volatile.Read(ref sent), Is.LessThan(Flood));
        Assert.That(await gateway.CountRentedBlocksAsync(), Is.LessThan(MostBlocks), "what waits is bounded");
        isReleased.SetResult();
        client.Reset();
        await upload.Soon();

        async Task UploadAsync()
        {
            try
            {
                var piece = new byte[16 * 1024];
                while (sent < Flood)
                {
                    await client.SendAsync(piece);
                    Interlocked.Add(ref sent, piece.Length);
                }
            }
            catch (Exception exception) when (exception is System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                // The client was reset: the test has seen enough.
            }
        }
    }

    // Nothing moves any more when the gateway has answered many others meanwhile and the count is still the same.
    private static async Task StandstillAsync(TestGateway gateway, Func<int> count)
    {
        const int Rounds = 300;
        using var witness = await gateway.ConnectAsync();
        var seen = -1;
        for (var unchanged = 0; unchanged < Rounds; unchanged++)
        {
            await witness.AskAsync("GET /health");
            _ = await witness.ReadAsync();
            var now = count();
            unchanged = now == seen && now > 0 ? unchanged : 0;
            seen = now;
        }
    }
}
