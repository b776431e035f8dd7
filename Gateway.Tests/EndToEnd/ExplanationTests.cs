using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>What a dry run tells is what would be done, and telling it changes nothing.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ExplanationTests(TransportKind kind)
{
    private const string DryRun = "x-gateway-dry-run: 1";
    private const string Session = "x-claude-code-session-id: one";
    private const string Compacted = "x-claude-code-context-compacted: auto";
    private const string Dear = "\"models\": { \"*\": { \"input_usd_per_million\": 1000 } },";

    [Test]
    public async Task Asking_whose_turn_it_is_takes_nobodys_turn()
    {
        await using var first = Answering();
        await using var second = Answering();
        await using var gateway = new TestGateway(kind, Two(first, second, "\"policy\": \"round_robin\", \"sticky\": false"));
        using var client = await gateway.ConnectAsync();
        var told = new List<string>();
        var served = new List<string>();

        for (var i = 0; i < 4; i++)
        {
            told.Add(await FirstAsync(client));
            told.Add(await FirstAsync(client));
            served.Add((await client.PostAsync(Samples.Request)).Head["x-gateway-provider"]!);
        }

        Assert.That(told.Where((_, i) => i % 2 == 0), Is.EqualTo(served));
        Assert.That(told.Where((_, i) => i % 2 == 1), Is.EqualTo(served));
        Assert.That(served.Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task Telling_where_a_compacted_conversation_would_go_forgets_no_warm_cache()
    {
        await using var first = Answering();
        await using var second = Answering();
        await using var gateway = new TestGateway(kind, Two(first, second, "\"policy\": \"priority\""));
        using var client = await gateway.ConnectAsync();
        first.Next(exchange => exchange.AnswerJsonAsync("{}", 500));
        Assert.That((await client.PostAsync(Samples.Request, Session)).Head["x-gateway-provider"], Is.EqualTo("second"));

        Assert.That(await FirstAsync(client, Session), Is.EqualTo("second"), "its cache is warm");
        Assert.That(await FirstAsync(client, Session, Compacted), Is.EqualTo("first"));
        Assert.That(await FirstAsync(client, Session), Is.EqualTo("second"));
        Assert.That((await client.PostAsync(Samples.Request, Session, Compacted)).Head["x-gateway-provider"], Is.EqualTo("first"));
    }

    [Test]
    public async Task Who_rests_and_is_asked_all_the_same_is_told_as_asked()
    {
        await using var only = new ScriptedProvider { Otherwise = exchange => exchange.AnswerAsync(429, "retry-after: 50\r\n", "{}"u8.ToArray()) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(only, "\"auth\": \"none\""));
        using var client = await gateway.ConnectAsync();
        _ = await client.PostAsync(Samples.Request);

        var told = (await client.PostAsync(Samples.Request, DryRun)).Json;

        Assert.That(told.GetProperty("order").EnumerateArray().Select(name => name.GetString()), Is.EqualTo((string[])["scripted"]));
        var candidate = told.GetProperty("candidates")[0];
        Assert.That(candidate.GetProperty("asked").GetBoolean());
        Assert.That(candidate.GetProperty("reason").GetString(), Is.EqualTo("is cooling, but nobody else is left, and it recovers first"));
    }

    [TestCase("\"when_spent\": \"synthetic\"", "synthetic", null)]
    [TestCase("\"monthly_usd\": 1", "scripted", "The budget 'total' is spent. There is money again at ")]
    public async Task A_spent_budget_is_told(string rest, string first, string? refusal)
    {
        await using var provider = Answering();
        var more = $"\"budgets\": {{ \"total\": {{ \"daily_usd\": 0.000001, {rest} }} }}, {Dear}";
        await using var gateway = new TestGateway(kind, $$"""
            { {{more}} "default_provider": "scripted", "providers": { "scripted": { "base_url": "{{provider.Url}}", "auth": "none" }, "synthetic": {} } }
            """);
        using var client = await gateway.ConnectAsync();
        Assert.That((await client.PostAsync(Samples.Request, DryRun)).Json.TryGetProperty("refusal", out _), Is.False, "nothing is spent yet");
        _ = await client.PostAsync(Samples.Request);

        var told = (await client.PostAsync(Samples.Request, DryRun)).Json;

        Assert.That(told.GetProperty("order")[0].GetString(), Is.EqualTo(first));
        Assert.That(told.TryGetProperty("refusal", out var words) ? words.GetString() : null, refusal is null ? Is.Null : Does.StartWith(refusal));
    }

    [Test]
    public async Task A_model_that_the_client_may_not_use_is_told()
    {
        await using var provider = Answering();
        await using var gateway = new TestGateway(kind, $$"""
            { "clients": { "alice": { "key": "alices-key-of-some-length", "models": ["claude-haiku-*"] } },
              "providers": { "scripted": { "base_url": "{{provider.Url}}", "auth": "none" } } }
            """);
        using var client = await gateway.ConnectAsync();

        var told = (await client.PostAsync(Samples.Message("claude-opus-5-5"), DryRun, "x-api-key: alices-key-of-some-length")).Json;

        Assert.That(told.GetProperty("refusal").GetString(), Is.EqualTo("model: the client 'alice' may not use 'claude-opus-5-5'."));
    }

    [TestCase("0")]
    [TestCase("false")]
    public async Task A_field_that_says_no_is_no_dry_run(string value)
    {
        await using var provider = Answering();
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"auth\": \"none\""));
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request, $"x-gateway-dry-run: {value}");

        Assert.That(provider.Requests, Has.Length.EqualTo(1));
    }

    private static async Task<string> FirstAsync(RawClient client, params string[] fields) =>
        (await client.PostAsync(Samples.Request, [DryRun, .. fields])).Json.GetProperty("order")[0].GetString()!;

    private static ScriptedProvider Answering() => new() { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };

    private static string Two(ScriptedProvider first, ScriptedProvider second, string route) => $$"""
        { "providers": { "first": { "base_url": "{{first.Url}}", "auth": "none" }, "second": { "base_url": "{{second.Url}}", "auth": "none" } },
          "routes": [ { {{route}}, "targets": ["first", "second"] } ] }
        """;
}
