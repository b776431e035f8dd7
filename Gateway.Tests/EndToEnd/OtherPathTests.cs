using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Paths that are relayed without a look give nobody what a message would be refused.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class OtherPathTests(TransportKind kind)
{
    private const string Key = "canary-client-key-0123";
    private const string Priced = "\"models\": { \"*\": { \"input_usd_per_million\": 1000 } },";

    [TestCase("/anthropic/v1/messages/")]
    [TestCase("/anthropic/v1//messages")]
    [TestCase("/anthropic/v1/%6dessages")]
    [TestCase("/anthropic/v1/x/../messages")]
    [TestCase("/anthropic/v1/./messages")]
    [TestCase("/anthropic/v1/x/%2e%2e/messages")]
    [TestCase("/anthropic/v1/MESSAGES")]
    [TestCase("/anthropic/v1/Messages/batches")]
    [TestCase("/anthropic/v1/")]
    public async Task Another_spelling_of_a_path_goes_nowhere(string path)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync($"POST {path}", Samples.Request);

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(404));
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [TestCase("\"providers\": [\"other\"]", "may not use 'scripted'")]
    [TestCase("\"models\": [\"claude-haiku-*\"]", "some models only")]
    public async Task A_client_that_may_not_use_everything_may_not_use_what_nobody_looks_at(string member, string words)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, Config(provider, member));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages/batches", Samples.Request, $"x-api-key: {Key}");
        var response = await client.ReadAsync();

        Assert.That(response.Status, Is.EqualTo(403));
        Assert.That(response.ErrorMessage, Does.Contain(words));
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [TestCase("\"models\": [\"*\"]")]
    [TestCase("\"providers\": [\"scripted\"]")]
    public async Task One_that_may_is_relayed(string member)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, Config(provider, member));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("POST /anthropic/v1/messages/batches", Samples.Request, $"x-api-key: {Key}");

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
        Assert.That(provider.Request.Head["x-api-key"], Is.EqualTo("house"));
    }

    [Test]
    public async Task Its_requests_count_and_what_is_under_way_ends()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, Config(provider, "\"requests_per_minute\": 2, \"max_in_flight\": 1"));
        using var client = await gateway.ConnectAsync();

        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync("POST /anthropic/v1/messages/batches", Samples.Request, $"x-api-key: {Key}");
            var response = await client.ReadAsync();
            statuses.Add(response.Status);
            Assert.That(response.Head.Has("retry-after"), Is.EqualTo(response.Status == 429));
        }

        Assert.That(statuses, Is.EqualTo((int[])[200, 200, 429]));
    }

    [Test]
    public async Task Where_the_money_is_spent_nothing_is_relayed_either()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, Config(provider, "\"models\": [\"*\"]", $"\"budgets\": {{ \"total\": {{ \"daily_usd\": 0.000001 }} }}, {Priced}"));
        using var client = await gateway.ConnectAsync();
        Assert.That((await client.PostAsync(Samples.Request, $"x-api-key: {Key}")).Status, Is.EqualTo(200));

        await client.SendAsync("POST /anthropic/v1/messages/batches", Samples.Request, $"x-api-key: {Key}");
        var response = await client.ReadAsync();

        Assert.That((response.Status, response.Head["x-should-retry"]), Is.EqualTo((400, "false")));
        Assert.That(provider.Requests, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Money_that_is_only_reserved_is_waited_for_and_not_called_spent()
    {
        var isReleased = new TaskCompletionSource();
        var hasBegun = new TaskCompletionSource();
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            hasBegun.SetResult();
            await isReleased.Task.Soon();
            await exchange.AnswerJsonAsync(Samples.Answer);
        });
        await using var gateway = new TestGateway(kind, Config(provider, "\"models\": [\"*\"]", $"\"budgets\": {{ \"total\": {{ \"daily_usd\": 0.01 }} }}, {Priced}"));
        using var first = await gateway.ConnectAsync();
        using var second = await gateway.ConnectAsync();
        await first.SendAsync("POST /anthropic/v1/messages", Samples.Request, $"x-api-key: {Key}");
        await hasBegun.Task.Soon();

        var response = await second.PostAsync(Samples.Request, $"x-api-key: {Key}");
        isReleased.SetResult();

        Assert.That(response.Status, Is.EqualTo(429), response.Text);
        Assert.That(int.Parse(response.Head["retry-after"]!, System.Globalization.CultureInfo.InvariantCulture), Is.InRange(1, 5));
        Assert.That(response.Head.Has("x-should-retry"), Is.False);
        Assert.That((await first.ReadAsync()).Status, Is.EqualTo(200));
    }

    private static string Config(ScriptedProvider provider, string member, string more = "") => $$"""
        { "default_provider": "scripted",
          "clients": { "alice": { "key": "{{Key}}", {{member}} } },
          {{more}}
          "providers": {
            "scripted": { "base_url": "{{provider.Url}}", "api_key": "house" },
            "other": { "base_url": "{{provider.Url}}", "auth": "none" } } }
        """;
}
