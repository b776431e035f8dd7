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
    private const int WordsInRequest = 500;
    private const string Dialect = "\"dialect\": \"openai\", \"api_key\": \"k\", \"auth\": \"bearer\"";

    private static readonly byte[] Request = Encoding.UTF8.GetBytes(
        $$"""{"model":"claude-x","max_tokens":100,"stream":true,"messages":[{"role":"user","content":"{{string.Concat(Enumerable.Repeat("some words that are counted ", 100))}}"}]}""");

    [Test]
    public async Task Estimates_follow_what_the_provider_reports()
    {
        var reported = 0L;
        await using var provider = new ScriptedProvider { Otherwise = exchange => AnswerAsync(exchange, reported) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Dialect));
        using var client = await gateway.ConnectAsync();

        var before = Seeded(await client.PostAsync(Request));
        reported = before * TimesAsMany;
        for (var more = 0; more < CountCorrection.Window; more++)
        {
            _ = await client.PostAsync(Request);
        }

        var after = Seeded(await client.PostAsync(Request));
        var counted = await CountAsync(client);
        await client.AskAsync("GET /metrics");
        var metrics = (await client.ReadAsync()).Text;

        Assert.Multiple(() =>
        {
            Assert.That(after, Is.EqualTo(before * TimesAsMany), "what message_start says");
            Assert.That(counted, Is.EqualTo(after), "nobody asked for a count before: the estimate knows more");
            Assert.That(metrics, Does.Contain("gateway_token_estimate_ratio_bucket{provider=\"scripted\",le=\"0.5\"} 64\n"));
            Assert.That(metrics, Does.Contain("gateway_token_estimate_ratio_bucket{provider=\"scripted\",le=\"1\"} 65\n"));
        });
    }

    [Test]
    public async Task Counts_are_a_tokenizers_and_follow_what_the_provider_reports()
    {
        var reported = 0L;
        await using var provider = new ScriptedProvider { Otherwise = exchange => AnswerAsync(exchange, reported) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Dialect));
        using var client = await gateway.ConnectAsync();

        var before = await CountAsync(client);
        reported = before * TimesAsMany;
        while (await CountFactorAsync(client) != TimesAsMany)
        {
            _ = await client.PostAsync(Request);
        }

        var after = await CountAsync(client);
        _ = await client.PostAsync(Request);
        await client.AskAsync("GET /metrics");
        var metrics = (await client.ReadAsync()).Text;

        Assert.Multiple(() =>
        {
            Assert.That((before, after), Is.EqualTo((WordsInRequest + 1 + 4, before * TimesAsMany)), "a token a word, one for the last space, four for the message");
            Assert.That(metrics, Does.Match("gateway_token_count_ratio_bucket{provider=\"scripted\",le=\"0.5\"} [1-9]"));
        });
    }

    [Test]
    public async Task An_answer_without_figures_teaches_nothing()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => AnswerAsync(exchange, 0) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Dialect));
        using var client = await gateway.ConnectAsync();

        var before = await CountAsync(client);
        for (var more = 0; more < CountCorrection.Window; more++)
        {
            _ = await client.PostAsync(Request);
        }

        Assert.That((await CountAsync(client), await CountFactorAsync(client)), Is.EqualTo((before, 1)));
    }

    [TestCase(404)]
    [TestCase(405)]
    [TestCase(501)]
    public async Task A_provider_of_the_same_dialect_that_cannot_count_is_counted_for(int status)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("""{"type":"error","error":{"type":"not_found_error","message":"no such path"}}""", status) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider));
        using var client = await gateway.ConnectAsync();

        Assert.That(await CountAsync(client), Is.EqualTo(WordsInRequest + 1 + 4));
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

    private static async Task<double> CountFactorAsync(RawClient client)
    {
        await client.AskAsync("GET /providers/scripted");
        using var json = JsonDocument.Parse((await client.ReadAsync()).Body);
        return json.RootElement.GetProperty("token_count_factor").GetDouble();
    }

    private static long Seeded(RawResponse stream)
    {
        var start = stream.Text.Split('\n').First(static line => line.StartsWith("data: {\"type\":\"message_start\"", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(start[6..]);
        return json.RootElement.GetProperty("message").GetProperty("usage").GetProperty("input_tokens").GetInt64();
    }
}
