using System.Globalization;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>What a provider's pauses come to: waited out where a cache is warm, another key, another provider, or a pause that the client accepts.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class PauseTests(TransportKind kind)
{
    private const string Session = "x-claude-code-session-id: one";
    private const string Limited = """{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}""";
    private const string Cached = """{"type":"message","role":"assistant","content":[],"usage":{"input_tokens":5,"output_tokens":7,"cache_read_input_tokens":9000}}""";

    /// <summary>A second or less, in each form there is.</summary>
    private static IEnumerable<string> ShortPauses() =>
        ["retry-after: 0.2\r\n", "retry-after-ms: 200\r\n", $"retry-after: {DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture)}\r\n"];

    [TestCaseSource(nameof(ShortPauses))]
    public async Task A_short_pause_is_waited_out_where_the_cache_is_warm_even_if_nobody_else_is_there(string pause)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request, Session);
        provider.Next(exchange => exchange.AnswerJsonAsync(Limited, 429, pause));
        var response = await client.PostAsync(Samples.Request, Session);

        Assert.That((response.Status, response.Text), Is.EqualTo((200, Cached)));
        Assert.That(provider.Requests, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Where_no_cache_is_warm_it_is_told_at_once()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Limited, 429, "retry-after: 1\r\n") };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request, Session);

        Assert.That((response.Status, response.Text, response.Head["retry-after"]), Is.EqualTo((429, Limited, "1")));
        Assert.That(provider.Requests, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Nobody_is_asked_for_a_client_that_left_during_the_pause()
    {
        var isTold = new TaskCompletionSource();
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        _ = await client.PostAsync(Samples.Request, Session);
        provider.Next(async exchange =>
        {
            await exchange.AnswerJsonAsync(Limited, 429, "retry-after: 4\r\n");
            isTold.SetResult();
        });

        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request, Session);
        await isTold.Task.Soon();
        client.Dispose();
        await gateway.ServedAsync(1);

        Assert.That(provider.Requests, Has.Length.EqualTo(2));
    }

    // Claude Code gives up at once upon more than a minute, and that is for the provider to say.
    [TestCase("retry-after: 3600\r\n", "3600")]
    [TestCase("retry-after: 2.5\r\n", "3")]
    [TestCase("retry-after: -1\r\n", null)]
    [TestCase("retry-after: soon\r\n", null)]
    [TestCase("retry-after-ms: 1500\r\n", null)]
    public async Task The_pause_of_who_answers_last_passes_in_whole_seconds(string field, string? told)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Limited, 429, field) };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That((response.Status, response.Text, response.Head["retry-after"]), Is.EqualTo((429, Limited, told)));
    }

    [Test]
    public async Task The_keys_of_the_only_provider_share_the_conversations([Values] bool isSticky)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "p",
              "providers": { "p": { "base_url": "{{provider.Url}}", "keys": [ { "key": "k1" }, { "key": "k2" } ] } },
              "routes": [ { "sticky": {{(isSticky ? "true" : "false")}}, "targets": ["p"] } ] }
            """);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 40; i++)
        {
            _ = await client.PostAsync(Samples.Request, $"x-claude-code-session-id: {i / 2}");
        }

        var keys = provider.Requests.Select(request => request.Head["x-api-key"]).ToList();
        Assert.That(keys.Distinct().Count(), Is.EqualTo(2));
        Assert.That(keys.Chunk(2).All(pair => pair[0] == pair[1]), Is.EqualTo(isSticky), "a conversation keeps its key");
    }

    [Test]
    public async Task When_every_key_is_limited_the_next_provider_gets_the_last_attempt()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Limited, 429, "retry-after: 30\r\n") };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "keys": [ { "key": "k1" }, { "key": "k2" }, { "key": "k3" }, { "key": "k4" } ] },
                "second": { "base_url": "{{second.Url}}", "auth": "none" } },
              "routes": [ { "targets": ["first", "second"] } ] }
            """);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That((response.Status, response.Head["x-gateway-provider"], response.Head["x-gateway-attempts"]), Is.EqualTo((200, "second", "3")));
    }
}
