using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Core.Translation.Requests;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>A provider that can't count tokens reports them all the same; the next count knows.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class TokenEstimateTests(TransportKind kind)
{
    private const int TimesAsMany = 2;

    private static readonly byte[] Request = Encoding.UTF8.GetBytes(
        $$"""{"model":"claude-x","max_tokens":100,"stream":true,"messages":[{"role":"user","content":"{{string.Concat(Enumerable.Repeat("some words that are counted ", 100))}}"}]}""");

    [Test]
    public async Task Counts_follow_what_the_provider_reports()
    {
        var reported = 0L;
        await using var provider = new ScriptedProvider { Otherwise = exchange => AnswerAsync(exchange, reported) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"dialect\": \"openai\", \"api_key\": \"k\", \"auth\": \"bearer\""));
        using var client = await gateway.ConnectAsync();

        var before = await CountAsync(client);
        reported = before * TimesAsMany;
        var first = Seeded(await client.PostAsync(Request));
        for (var more = 1; more < CountCorrection.Window; more++)
        {
            _ = await client.PostAsync(Request);
        }

        var second = Seeded(await client.PostAsync(Request));
        var after = await CountAsync(client);
        await client.AskAsync("GET /metrics");
        var metrics = (await client.ReadAsync()).Text;

        Assert.Multiple(() =>
        {
            Assert.That((first, second), Is.EqualTo((before, before * TimesAsMany)), "what message_start says");
            Assert.That(after, Is.EqualTo(before * TimesAsMany));
            Assert.That(metrics, Does.Contain("gateway_token_estimate_ratio_bucket{provider=\"scripted\",le=\"0.5\"} 64\n"));
            Assert.That(metrics, Does.Contain("gateway_token_estimate_ratio_bucket{provider=\"scripted\",le=\"1\"} 65\n"));
        });
    }

    [Test]
    public async Task An_answer_without_figures_teaches_nothing()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => AnswerAsync(exchange, 0) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"dialect\": \"openai\", \"api_key\": \"k\", \"auth\": \"bearer\""));
        using var client = await gateway.ConnectAsync();

        var before = await CountAsync(client);
        _ = await client.PostAsync(Request);

        Assert.That(await CountAsync(client), Is.EqualTo(before));
    }

    private static async Task AnswerAsync(ProviderExchange exchange, long reported)
    {
        await exchange.BeginStreamAsync();
        await exchange.SendChunkAsync("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}\n\n");
        if (reported > 0)
        {
            await exchange.SendChunkAsync(string.Create(CultureInfo.InvariantCulture, $"data: {{\"choices\":[],\"usage\":{{\"prompt_tokens\":{reported},\"completion_tokens\":1}}}}\n\n"));
        }

        await exchange.SendChunkAsync("data: [DONE]\n\n");
        await exchange.EndChunksAsync();
    }

    private static async Task<long> CountAsync(RawClient client)
    {
        await client.SendAsync("POST /anthropic/v1/messages/count_tokens", Request);
        using var json = JsonDocument.Parse((await client.ReadAsync()).Body);
        return json.RootElement.GetProperty("input_tokens").GetInt64();
    }

    private static long Seeded(RawResponse stream)
    {
        var start = stream.Text.Split('\n').First(static line => line.StartsWith("data: {\"type\":\"message_start\"", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(start[6..]);
        return json.RootElement.GetProperty("message").GetProperty("usage").GetProperty("input_tokens").GetInt64();
    }
}
