using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>A client that waits for a stream hears from us whatever it is that we wait for.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class WaitingTests(TransportKind kind)
{
    private const string Comment = ": keep-alive\n\n";

    [Test]
    public async Task While_a_provider_pings_and_its_answer_is_held_back()
    {
        var isHeard = new TaskCompletionSource();
        await using var first = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Samples.Events[0]);
                using var pings = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
                while (!isHeard.Task.IsCompleted && await pings.WaitForNextTickAsync())
                {
                    await exchange.SendChunkAsync("event: ping\ndata: {\"type\":\"ping\"}\n\n");
                }

                await exchange.SendChunkAsync(string.Concat(Samples.Events[1..]));
                await exchange.EndChunksAsync();
            },
        };
        await using var second = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, $$"""
            { "claude_gateway": { "keep_alive_comment_ms": 300 },
              "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "auth": "none" },
                "second": { "base_url": "{{second.Url}}", "auth": "none" } },
              "routes": [ { "targets": ["first", "second"] } ] }
            """);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        _ = await client.ReadUntilAsync(Comment);
        isHeard.SetResult();
        var rest = await client.ReadPayloadUntilAsync("0\r\n\r\n");

        Assert.That(rest.Split("event: message_start"), Has.Length.EqualTo(2));
        Assert.That(rest, Does.Contain("event: message_stop"));
        Assert.That(second.Requests, Is.Empty);
    }

    [Test]
    public async Task While_it_waits_for_a_place()
    {
        var isHeard = new TaskCompletionSource();
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        provider.Next(async exchange =>
        {
            await isHeard.Task.Soon();
            await exchange.StreamAsync(Samples.Events);
        });
        await using var gateway = new TestGateway(
            kind, TestGateway.ConfigFor(provider, "\"auth\": \"none\", \"max_concurrent_requests\": 1", "\"keep_alive_comment_ms\": 300"), reactors: 1);
        using var inside = await gateway.ConnectAsync();
        using var waiting = await gateway.ConnectAsync();

        await inside.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        _ = await inside.ReadUntilAsync(Comment);
        await waiting.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        _ = await waiting.ReadUntilAsync(Comment);
        Assert.That(provider.Requests, Has.Length.EqualTo(1), "it has no place yet");
        isHeard.SetResult();

        Assert.That(await waiting.ReadPayloadUntilAsync("0\r\n\r\n"), Does.Contain("event: message_stop"));
    }

    [Test]
    public async Task While_a_pause_is_waited_out()
    {
        const string Cached = """{"type":"message","content":[],"usage":{"input_tokens":5,"output_tokens":7,"cache_read_input_tokens":9000}}""";
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        provider.Next(exchange => exchange.AnswerJsonAsync(Cached));
        provider.Next(exchange => exchange.AnswerJsonAsync("{}", 429, "retry-after: 2\r\n"));
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"auth\": \"none\"", "\"keep_alive_comment_ms\": 300"));
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request, "x-claude-code-session-id: one");
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request, "x-claude-code-session-id: one");
        _ = await client.ReadUntilAsync(Comment);

        Assert.That(await client.ReadPayloadUntilAsync("0\r\n\r\n"), Does.Contain("event: message_stop"));
    }

    [Test]
    public async Task But_no_longer_than_the_provider_may_take_to_its_first_content()
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Samples.Events[0]);
                await exchange.HangAsync();
            },
        };
        await using var gateway = new TestGateway(
            kind, TestGateway.ConfigFor(provider, "\"auth\": \"none\", \"first_content_timeout_seconds\": 1", "\"keep_alive_comment_ms\": 100"));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);

        Assert.That(await client.ReadPayloadUntilAsync("event: error\n"), Does.Contain("event: message_start").And.Contain(Comment));
    }

    [TestCase("head", "head_timeout")]
    [TestCase("first_content", "content_timeout")]
    public async Task The_log_names_the_clock_that_rang(string clock, string reason)
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                if (clock != "head")
                {
                    await exchange.BeginStreamAsync();
                    await exchange.SendChunkAsync(Samples.Events[0]);
                }

                await exchange.HangAsync();
            },
        };
        await using var other = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "slow",
              "providers": {
                "slow": { "base_url": "{{provider.Url}}", "auth": "none", "{{clock}}_timeout_seconds": 1 },
                "other": { "base_url": "{{other.Url}}", "auth": "none" } },
              "routes": [ { "targets": ["slow", "other"] } ] }
            """);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request)).Head["x-gateway-provider"], Is.EqualTo("other"));
        Assert.That(gateway.Log.Lines, Has.Some.Contain($"\"reason\":\"{reason}\""));
    }

    [Test]
    public async Task There_is_room_for_as_many_as_configured_over_all_threads_and_a_place_comes_back()
    {
        var mayEnd = new TaskCompletionSource();
        var inside = 0;
        var allInside = new TaskCompletionSource();
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                if (Interlocked.Increment(ref inside) == 3)
                {
                    allInside.SetResult();
                }

                await mayEnd.Task.Soon();
                await exchange.AnswerJsonAsync(Samples.Answer);
            },
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, listener: "\"max_in_flight\": 3"), reactors: 2);
        var clients = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => gateway.ConnectAsync()));
        var answers = clients.Select(client => client.PostAsync(Samples.Request)).ToList();
        await allInside.Task.Soon();
        using var other = await gateway.ConnectAsync();

        var refused = await other.PostAsync(Samples.Request);
        mayEnd.SetResult();

        Assert.That((refused.Status, refused.ErrorType), Is.EqualTo((529, "overloaded_error")));
        Assert.That(int.Parse(refused.Head["retry-after"]!), Is.InRange(1, 5));
        Assert.That((await Task.WhenAll(answers)).Select(answer => answer.Status), Is.All.EqualTo(200));
        Assert.That((await other.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }
}
