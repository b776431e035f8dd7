using System.Globalization;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>The times that the gateway tells are those that its client and its provider saw, by a clock that moves only when they say so.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class RequestTimesTests(TransportKind kind)
{
    private const int Thinking = 30;
    private const int Streaming = 700;
    private const int Failing = 50;
    private const int Arriving = 40;

    private readonly ManualTime _time = new();

    [Test]
    public async Task A_stream_took_as_long_as_its_provider_let_it()
    {
        var hasBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider { Otherwise = exchange => StreamAsync(exchange, hasBegun.Task) };
        await using var gateway = Gateway(TestGateway.ConfigFor(provider));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        var head = await client.ReadUntilAsync("\r\n\r\n");
        hasBegun.SetResult();
        _ = await client.ReadUntilAsync("\r\n0\r\n\r\n");

        Assert.That(head, Does.Contain("server-timing: queue;dur=0.000, connect;dur=0.000, provider;dur=30.000, gateway;dur=0.000\r\n"));
        var page = await ScrapeAsync(client);
        Assert.Multiple(() =>
        {
            Assert.That(Sum(page, "gen_ai_client_operation_time_to_first_chunk_seconds", "{provider=\"scripted\"}"), Is.EqualTo(Thinking / 1e3));
            Assert.That(Sum(page, "gen_ai_client_operation_duration_seconds", "{provider=\"scripted\"}"), Is.EqualTo((Thinking + Streaming) / 1e3));
            Assert.That(Sum(page, "gen_ai_client_operation_time_per_output_chunk_seconds", "{provider=\"scripted\"}"), Is.EqualTo(Streaming / 1e3 / Samples.Events.Length).Within(1e-9));
            Assert.That(Sum(page, "gateway_overhead_seconds", ""), Is.Zero);
            Assert.That(page, Does.Contain("gateway_overhead_seconds_bucket{le=\"5E-05\"} 1\n"));
            Assert.That(page, Does.Contain("gen_ai_client_operation_time_to_first_chunk_seconds_bucket{provider=\"scripted\",le=\"0.02\"} 0\n"));
            Assert.That(page, Does.Contain("gen_ai_client_operation_time_to_first_chunk_seconds_bucket{provider=\"scripted\",le=\"0.04\"} 1\n"));
        });
    }

    [Test]
    public async Task What_a_client_waits_beyond_its_provider_is_overhead()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => AnswerAfterAsync(exchange, Thinking, 200, Samples.Answer) };
        await using var gateway = Gateway(TestGateway.ConfigFor(provider));
        using var client = await gateway.ConnectAsync();

        // The gateway has begun when it asks for the body, and waits for it: time that no provider took.
        await client.AskAsync("POST /anthropic/v1/messages", "Expect: 100-continue", $"Content-Length: {Samples.Request.Length}");
        _ = await client.ReadHeadAsync();
        _time.Advance(Arriving);
        await client.SendAsync(Samples.Request);
        var response = await client.ReadAsync();

        Assert.That(response.Head["server-timing"], Is.EqualTo("queue;dur=0.000, connect;dur=0.000, provider;dur=30.000, gateway;dur=40.000"));
        var page = await ScrapeAsync(client);
        Assert.That(Sum(page, "gateway_overhead_seconds", ""), Is.EqualTo(Arriving / 1e3));
        Assert.That(Sum(page, "gen_ai_client_operation_time_to_first_chunk_seconds", "{provider=\"scripted\"}"), Is.EqualTo((Arriving + Thinking) / 1e3));
    }

    [Test]
    public async Task What_a_provider_that_failed_took_is_not_the_gateways_doing()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => AnswerAfterAsync(exchange, Failing, 500, "{}") };
        await using var second = new ScriptedProvider { Otherwise = exchange => AnswerAfterAsync(exchange, Thinking, 200, Samples.Answer) };
        await using var gateway = Gateway($$"""
            {
              "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "api_key": "a" },
                "second": { "base_url": "{{second.Url}}", "api_key": "b" }
              },
              "routes": [ { "targets": ["first", "second"] } ]
            }
            """);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);
        var failed = Failing * first.Requests.Length;

        Assert.That(response.Head["x-gateway-provider"], Is.EqualTo("second"), response.Text);
        Assert.That(response.Head["server-timing"], Is.EqualTo($"queue;dur=0.000, connect;dur=0.000, provider;dur=30.000, failover;dur={failed}.000, gateway;dur=0.000"));
        var page = await ScrapeAsync(client);
        Assert.That(Sum(page, "gateway_overhead_seconds", ""), Is.Zero);
        Assert.That(Sum(page, "gen_ai_client_operation_time_to_first_chunk_seconds", "{provider=\"second\"}"), Is.EqualTo((failed + Thinking) / 1e3), "as the client saw it");
    }

    // A timestamp of 0 means that something was not reached.
    private TestGateway Gateway(string config)
    {
        _time.Advance(1_000);
        return new TestGateway(kind, config, time: _time);
    }

    private async Task StreamAsync(ProviderExchange exchange, Task clientHasBegun)
    {
        _time.Advance(Thinking);
        await exchange.BeginStreamAsync();
        await exchange.SendChunkAsync(Samples.Events[0]);
        await clientHasBegun.Soon();
        _time.Advance(Streaming);
        foreach (var text in Samples.Events[1..])
        {
            await exchange.SendChunkAsync(text);
        }

        await exchange.EndChunksAsync();
    }

    private Task AnswerAfterAsync(ProviderExchange exchange, int milliseconds, int status, string json)
    {
        _time.Advance(milliseconds);
        return exchange.AnswerJsonAsync(json, status);
    }

    private static async Task<string> ScrapeAsync(RawClient client)
    {
        await client.AskAsync("GET /metrics");
        return (await client.ReadAsync()).Text;
    }

    private static double Sum(string page, string metric, string labels)
    {
        var line = page.Split('\n').Single(line => line.StartsWith($"{metric}_sum{labels} ", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }
}
