using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ClientGoneTests(TransportKind kind)
{
    /// <summary>How a client leaves.</summary>
    internal enum Leave
    {
        Close,
        Reset,
        FinishSending,
    }

    [Test]
    public async Task The_provider_is_let_go_when_the_client_leaves_before_the_head([Values] Leave how, [Values("/anthropic/v1/messages", "/raw/x")] string path)
    {
        await using var provider = new ScriptedProvider();
        var hasBegun = new TaskCompletionSource();
        provider.Next(exchange =>
        {
            hasBegun.SetResult();
            return exchange.HangAsync();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        await client.SendAsync($"POST {path}", Samples.Request);
        await hasBegun.Task.Soon();

        Depart(client, how);

        await provider.Connections[0].Closed;
        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Some.Contain("\"client_aborted\""));
        Assert.That(gateway.Log.Lines, Has.None.Contain("provider_fault").And.None.Contain("provider_failed"));
    }

    [Test]
    public async Task The_provider_is_let_go_when_the_client_leaves_in_mid_stream([Values] Leave how)
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(Samples.Events[0]);
            await exchange.HangAsync();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        _ = await client.ReadUntilAsync("\n\n\r\n");

        Depart(client, how);

        await provider.Connections[0].Closed;
        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Some.Contain("\"client_aborted\""));
        Assert.That(gateway.Log.Lines, Has.None.Contain("provider_fault"));
    }

    [Test]
    public async Task What_had_come_until_it_left_is_booked_and_how_soon_the_provider_was_let_go_is_measured()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(string.Concat(Samples.Events[..3]));
            await exchange.SendChunkAsync(string.Concat(Enumerable.Repeat(
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"sixteen letters.\"}}\n\n", 100)) + ": last\n\n");
            await exchange.HangAsync();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        _ = await client.ReadUntilAsync(": last");

        Depart(client, Leave.Reset);

        await provider.Connections[0].Closed;
        _ = await gateway.CountRentedBlocksAsync();
        using var other = await gateway.ConnectAsync();
        await other.AskAsync("GET /metrics");
        var text = (await other.ReadAsync()).Text;
        Assert.That(text, Does.Contain("gateway_upstream_cancel_seconds_count 1\n").And.Contain("gateway_client_aborts_total{stage=\"answer\"} 1\n"));
        Assert.That(text, Does.Contain("gateway_usage_source_total{source=\"estimated\"} 1\n").And.Contain("gateway_inflight_streams 0\n"));
        var line = System.Text.Json.JsonElement.Parse(gateway.Log.Lines.Single(line => line.Contains("\"client_aborted\"", StringComparison.Ordinal)));
        Assert.That((line.GetProperty("input_tokens").GetInt64(), line.GetProperty("usage_source").GetString()), Is.EqualTo((5, "estimated")));
        Assert.That(line.GetProperty("output_tokens").GetInt64(), Is.InRange(380, 420), "four bytes a token");
    }

    [Test]
    public async Task The_provider_is_let_go_when_the_client_leaves_while_a_stream_flows([Values(Leave.Close, Leave.Reset)] Leave how)
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            while (true)
            {
                await exchange.SendChunkAsync(": a comment\n\n");
            }
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        _ = await client.ReadUntilAsync("\n\n\r\n");

        Depart(client, how);

        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Some.Contain("\"client_aborted\""));
    }

    [Test]
    public async Task The_provider_is_let_go_when_the_client_leaves_a_compressed_stream()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            var coded = new MemoryStream();
            await using var encoder = new System.IO.Compression.GZipStream(coded, System.IO.Compression.CompressionLevel.Fastest);
            await encoder.WriteAsync(Encoding.UTF8.GetBytes(Samples.Events[0]));
            await encoder.FlushAsync();
            await exchange.BeginStreamAsync("content-encoding: gzip\r\n");
            await exchange.SendChunkAsync(coded.ToArray());
            await exchange.HangAsync();
        });
        await using var gateway = TestGateway.Before(provider, kind);
        using (var client = await gateway.ConnectAsync())
        {
            await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
            _ = await client.ReadUntilAsync("\n\n\r\n");
        }

        await provider.Connections[0].Closed;
    }

    [Test]
    public async Task A_client_that_leaves_inside_its_body_never_reaches_a_provider([Values] Leave how, [Values] bool isChunked)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        var text = Encoding.Latin1.GetString(Samples.Request.AsSpan(0, 40));
        await client.SendAsync(isChunked
            ? $"POST /anthropic/v1/messages HTTP/1.1\r\nContent-Type: application/json\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n28\r\n{text}\r\n"
            : $"POST /anthropic/v1/messages HTTP/1.1\r\nContent-Type: application/json\r\nHost: g\r\nContent-Length: {Samples.Request.Length}\r\n\r\n{text}");

        Depart(client, how);

        await gateway.DrainAsync();
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task Many_clients_that_leave_at_any_moment_leave_nothing_behind()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = TestGateway.Before(provider, kind);
        byte[] request =
        [
            .. Encoding.ASCII.GetBytes($"POST /anthropic/v1/messages HTTP/1.1\r\nContent-Type: application/json\r\nHost: g\r\nContent-Length: {Samples.Request.Length}\r\n\r\n"),
            .. Samples.Request,
        ];

        for (var cut = 0; cut <= request.Length; cut += 3)
        {
            using var client = await gateway.ConnectAsync();
            await client.SendAsync(request.AsMemory(0, cut));
            Depart(client, cut % 2 == 0 ? Leave.Close : Leave.Reset);
        }

        using var last = await gateway.ConnectAsync();
        Assert.That((await last.PostAsync(Samples.Request)).Text, Is.EqualTo(Samples.Stream));
    }

    private static void Depart(RawClient client, Leave how)
    {
        switch (how)
        {
            case Leave.Close:
                client.Dispose();
                break;
            case Leave.Reset:
                client.Reset();
                break;
            default:
                client.Finish();
                break;
        }
    }
}
