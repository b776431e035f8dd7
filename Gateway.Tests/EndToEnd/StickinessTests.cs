using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>A conversation stays with whoever holds its prompt cache for as long as that is warm, and then returns.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class StickinessTests(TransportKind kind)
{
    private const string Session = "x-claude-code-session-id: one";
    private const string Cached = """{"type":"message","role":"assistant","content":[],"usage":{"input_tokens":5,"output_tokens":7,"cache_read_input_tokens":9000}}""";

    [TestCase("anthropic-beta: claude-code-20250219,extended-cache-ttl-2025-04-11,effort-2025-11-24", 60)]
    [TestCase("anthropic-beta: claude-code-20250219,effort-2025-11-24", 5)]
    public async Task It_returns_when_the_cache_of_who_took_over_is_cold(string betas, int minutes)
    {
        var time = new ManualTime();
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var gateway = new TestGateway(kind, Two(first, second), time: time);
        first.Next(exchange => exchange.AnswerJsonAsync("{}", 500));

        Assert.That(await AskAsync(gateway, Session, betas), Is.EqualTo("second"), "the first failed");
        time.Advance((minutes * 60_000) - 1);
        Assert.That(await AskAsync(gateway, Session, betas), Is.EqualTo("second"), "and answers again, but the cache is here");
        time.Advance(minutes * 60_000);
        Assert.That(await AskAsync(gateway, Session, betas), Is.EqualTo("first"));
    }

    [Test]
    public async Task It_returns_when_its_context_was_compacted()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var gateway = new TestGateway(kind, Two(first, second));
        first.Next(exchange => exchange.AnswerJsonAsync("{}", 500));

        Assert.That(await AskAsync(gateway, Session), Is.EqualTo("second"));
        Assert.That(await AskAsync(gateway, Session), Is.EqualTo("second"));
        Assert.That(await AskAsync(gateway, Session, "x-claude-code-context-compacted: auto"), Is.EqualTo("first"));
    }

    [Test]
    public async Task Agents_of_one_session_are_conversations_of_their_own()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var gateway = new TestGateway(kind, $$"""
            { "providers": { "first": { "base_url": "{{first.Url}}", "auth": "none" }, "second": { "base_url": "{{second.Url}}", "auth": "none" } },
              "routes": [ { "policy": "weighted", "targets": ["first", "second"] } ] }
            """);
        var served = new List<string>();
        for (var agent = 0; agent < 40; agent++)
        {
            var home = await AskAsync(gateway, Session, $"x-claude-code-agent-id: a{agent}");
            Assert.That(await AskAsync(gateway, Session, $"x-claude-code-agent-id: a{agent}"), Is.EqualTo(home), "turn after turn");
            served.Add(home);
        }

        Assert.That(served.Count("first".Equals), Is.InRange(8, 32), "not all on one");
    }

    [Test]
    public async Task A_move_tells_the_cached_tokens_it_lost()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var gateway = new TestGateway(kind, Two(first, second));

        Assert.That(await AskAsync(gateway, Session), Is.EqualTo("first"));
        first.Next(exchange => exchange.AnswerJsonAsync("{}", 500));
        Assert.That(await AskAsync(gateway, Session), Is.EqualTo("second"));

        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Exactly(1).Contain("\"cache_lost_tokens\":9000"));
    }

    [Test]
    public async Task It_stays_with_the_key_that_took_over_while_the_cache_of_its_organisation_is_warm()
    {
        var time = new ManualTime();
        await using var only = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var gateway = new TestGateway(kind, $$"""
            { "claude_gateway": { "request_logging": true }, "default_provider": "only",
              "providers": { "only": { "base_url": "{{only.Url}}", "keys": [ { "key": "one", "limit_group": "a" }, { "key": "two", "limit_group": "b" } ] } } }
            """, time: time);
        _ = await AskAsync(gateway, Session);
        only.Next(exchange => exchange.AnswerAsync(429, "retry-after: 50\r\n", "{}"u8.ToArray()));

        _ = await AskAsync(gateway, Session);
        time.Advance(55_000);
        _ = await AskAsync(gateway, Session);
        time.Advance(6 * 60_000);
        _ = await AskAsync(gateway, Session);

        var keys = only.Requests.Select(request => request.Head["x-api-key"]).ToArray();
        var (home, other) = (keys[0], keys[0] == "one" ? "two" : "one");
        Assert.That(keys, Is.EqualTo((string[])[home!, home!, other, other, home!]));
        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Exactly(1).Contain("\"cache_lost_tokens\":9000"), "when it left; cold caches hold nothing");
    }

    [Test]
    public async Task A_change_of_route_tells_the_cached_tokens_it_lost_and_a_title_takes_none_along()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var gateway = new TestGateway(kind, $$"""
            { "claude_gateway": { "request_logging": true },
              "providers": { "first": { "base_url": "{{first.Url}}", "auth": "none" }, "second": { "base_url": "{{second.Url}}", "auth": "none" } },
              "routes": [ { "name": "titles", "when": { "kind": ["auxiliary"] }, "targets": ["second"] },
                          { "name": "hard", "when": { "headers": { "x-task": "hard" } }, "targets": ["second"] },
                          { "name": "all", "targets": ["first"] } ] }
            """);

        Assert.That(await AskAsync(gateway, Session), Is.EqualTo("first"));
        Assert.That(await AskAsync(gateway, Session, "x-claude-code-request-class: auxiliary"), Is.EqualTo("second"));
        Assert.That(await AskAsync(gateway, Session), Is.EqualTo("first"));
        Assert.That(await AskAsync(gateway, Session, "x-task: hard"), Is.EqualTo("second"));

        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines.Where(line => line.Contains("cache_lost_tokens", StringComparison.Ordinal)), Has.Exactly(1).Contain("\"cache_lost_tokens\":9000"));
        Assert.That(gateway.Log.Lines, Has.Exactly(1).Match("\"route\":\"hard\".*\"cache_lost_tokens\":9000"));
    }

    [Test]
    public async Task A_change_of_route_keeps_the_key_whose_organisation_holds_the_cache()
    {
        await using var only = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var gateway = new TestGateway(kind, $$"""
            { "providers": { "only": { "base_url": "{{only.Url}}", "keys": [ { "key": "one", "limit_group": "a" }, { "key": "two", "limit_group": "b" } ] } },
              "routes": [ { "name": "hard", "when": { "headers": { "x-task": "hard" } }, "targets": ["only"] }, { "name": "all", "targets": ["only"] } ] }
            """);
        for (var session = 0; session < 16; session++)
        {
            _ = await AskAsync(gateway, $"x-claude-code-session-id: {session}");
            _ = await AskAsync(gateway, $"x-claude-code-session-id: {session}", "x-task: hard");
            var keys = only.Requests[^2..].Select(request => request.Head["x-api-key"]).ToArray();
            Assert.That(keys[0], Is.EqualTo(keys[1]));
        }
    }

    private static async Task<string> AskAsync(TestGateway gateway, params string[] fields)
    {
        using var client = await gateway.ConnectAsync();
        return (await client.PostAsync(Samples.Request, fields)).Head["x-gateway-provider"]!;
    }

    private static string Two(ScriptedProvider first, ScriptedProvider second) => $$"""
        { "claude_gateway": { "request_logging": true },
          "providers": { "first": { "base_url": "{{first.Url}}", "auth": "none" }, "second": { "base_url": "{{second.Url}}", "auth": "none" } },
          "routes": [ { "targets": ["first", "second"] } ] }
        """;
}
