using System.Text.Json;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Several models of one provider on a route, and several keys: each is judged by what is its own.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class TargetTests(TransportKind kind)
{
    [TestCase("weighted")]
    [TestCase("round_robin")]
    [TestCase("least_in_flight")]
    [TestCase("latency")]
    public async Task Conversations_spread_over_the_models_of_one_provider_and_stay_where_they_are(string policy)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, Config($"\"policy\": \"{policy}\",", "{ \"provider\": \"a\", \"model\": \"m1\", \"group\": 0 }, { \"provider\": \"a\", \"model\": \"m2\", \"group\": 0 }", provider), reactors: 1);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 60; i++)
        {
            _ = await client.PostAsync(Samples.Request, $"x-claude-code-session-id: {i / 2}");
        }

        var models = provider.Requests.Select(ModelOf).ToArray();
        Assert.That(models.Count(static model => model == "m1"), Is.InRange(14, 46), "of 30 conversations about a half");
        Assert.That(models.Chunk(2).Select(static pair => pair.Distinct().Count()), Is.All.EqualTo(1));
    }

    [TestCase(401, "")]
    [TestCase(429, "retry-after: 30\r\n")]
    [TestCase(529, "retry-after: 30\r\n")]
    public async Task What_is_the_whole_providers_is_not_met_again_at_another_model_of_it(int status, string fields)
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("{}", status, fields) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, Config("", "\"a/m1\", \"a/m2\", \"a/m3\", \"b\"", first, second), reactors: 1);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That((response.Status, response.Head["x-gateway-provider"]), Is.EqualTo((200, "b")));
        Assert.That(first.Requests, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_model_that_fails_opens_its_own_circuit_and_not_that_of_another()
    {
        await using var first = new ScriptedProvider
        {
            Otherwise = exchange => ModelOf(exchange.Request) == "m1" ? exchange.AnswerJsonAsync("{}", 500) : exchange.AnswerJsonAsync(Samples.Answer),
        };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, Config("\"when\": { \"headers\": { \"x-bad\": \"*\" } },", "\"a/m1\", \"b\"", first, second, """, { "targets": ["a/m2", "b"] }"""), reactors: 1);
        using var client = await gateway.ConnectAsync();
        for (var i = 0; i < 6; i++)
        {
            _ = await client.PostAsync(Samples.Request, "x-bad: 1", $"x-claude-code-session-id: {i}");
        }

        Assert.That(first.Requests, Has.Length.EqualTo(5), "its circuit is open");
        Assert.That((await client.PostAsync(Samples.Request, "x-claude-code-session-id: other")).Head["x-gateway-provider"], Is.EqualTo("a"));
    }

    [Test]
    public async Task A_key_that_is_refused_leaves_the_others_of_its_group_in_service()
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange => exchange.Request.Head["x-api-key"] == "bad" ? exchange.AnswerJsonAsync("{}", 401) : exchange.AnswerJsonAsync(Samples.Answer),
        };
        var config = $$"""
            { "default_provider": "p", "providers": { "p": { "base_url": "{{provider.Url}}",
              "keys": [ { "key": "bad", "limit_group": "one" }, { "key": "good", "limit_group": "one" } ] } } }
            """;
        await using var gateway = new TestGateway(kind, config, reactors: 1);
        using var client = await gateway.ConnectAsync();

        for (var i = 0; i < 12; i++)
        {
            Assert.That((await client.PostAsync(Samples.Request, $"x-claude-code-session-id: {i}")).Status, Is.EqualTo(200), $"{i}");
        }

        Assert.That(provider.Requests.Count(static request => request.Head["x-api-key"] == "bad"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_conversation_goes_on_with_another_limit_group_where_that_of_its_key_is_used_up()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        var config = $$"""
            { "default_provider": "p", "providers": { "p": { "base_url": "{{provider.Url}}",
              "keys": [ { "key": "k1", "limit_group": "x", "requests_per_minute": 1 }, { "key": "k2", "limit_group": "y", "requests_per_minute": 1 } ] } } }
            """;
        await using var gateway = new TestGateway(kind, config, reactors: 1);
        using var client = await gateway.ConnectAsync();

        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await client.PostAsync(Samples.Request, "x-claude-code-session-id: one")).Status);
        }

        Assert.That(statuses, Is.EqualTo((int[])[200, 200, 429]));
        Assert.That(provider.Requests.Select(static request => request.Head["x-api-key"]), Is.EquivalentTo((string[])["k1", "k2"]));
    }

    [TestCase("claude-test")]
    [TestCase("b/claude-test")]
    [TestCase("b,claude-test")]
    public async Task A_provider_may_be_named_twice(string model)
    {
        await using var first = new ScriptedProvider();
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, Config("", "\"a\"", first, second));
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Message(model), "x-gateway-provider: b")).Status, Is.EqualTo(200));
        Assert.That(ModelOf(second.Request), Is.EqualTo("claude-test"));
    }

    private static string? ModelOf(ProviderRequest request) => JsonDocument.Parse(request.Body).RootElement.GetProperty("model").GetString();

    private static string Config(string members, string targets, ScriptedProvider first, ScriptedProvider? second = null, string more = "") => $$"""
        {
          "default_provider": "a",
          "providers": {
            "a": { "base_url": "{{first.Url}}", "api_key": "one" },
            "b": { "base_url": "{{(second ?? first).Url}}", "api_key": "two" }
          },
          "routes": [ { {{members}} "targets": [{{targets}}] }{{more}} ]
        }
        """;
}
