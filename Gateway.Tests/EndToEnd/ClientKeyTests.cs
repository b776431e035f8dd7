using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Who may enter, and how much: from the key to the bill.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ClientKeyTests(TransportKind kind)
{
    private const string Key = "canary-client-key-0123";

    // sha256 of the key above: a file that others may read can hold it.
    private static readonly string Digest = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Key)));

    [TestCase("x-api-key: canary-client-key-0123")]
    [TestCase("authorization: Bearer canary-client-key-0123")]
    [TestCase("x-gateway-key: canary-client-key-0123")]
    public async Task A_key_opens_and_no_provider_sees_it(string field)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, Config(provider, auth: "client"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request, field);

        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        Assert.That(provider.Request.Head.Text, Does.Not.Contain(Key));
    }

    [TestCase("x-api-key: canary-client-key-0123", "authorization: Bearer the-vendors-own", "authorization")]
    [TestCase("x-api-key: the-vendors-own", "authorization: Bearer canary-client-key-0123", "x-api-key")]
    public async Task Of_two_credentials_the_gateways_own_opens_and_the_other_is_the_providers(string one, string other, string passed)
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, Config(provider, auth: "client"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request, one, other);

        Assert.That(response.Status, Is.EqualTo(200), response.Text);
        Assert.That(provider.Request.Head.Text, Does.Not.Contain(Key));
        Assert.That(provider.Request.Head[passed], Does.EndWith("the-vendors-own"));
    }

    [Test]
    public async Task Beside_a_key_of_its_own_field_the_clients_credential_still_passes()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, Config(provider, auth: "client"));
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request, $"x-gateway-key: {Key}", "authorization: Bearer the-vendors-own");

        Assert.That(provider.Request.Head["authorization"], Is.EqualTo("Bearer the-vendors-own"));
        Assert.That(provider.Request.Head.Text, Does.Not.Contain(Key));
    }

    [TestCase("POST /anthropic/v1/messages")]
    [TestCase("POST /anthropic/v1/messages/count_tokens")]
    [TestCase("GET /anthropic/v1/models")]
    [TestCase("GET /anthropic/v1/files")]
    [TestCase("GET /raw/anything")]
    public async Task Without_a_valid_key_nothing_is_asked_of_anybody(string line)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, Config(provider));
        using var client = await gateway.ConnectAsync();

        foreach (var field in new[] { "x-other: 1", "x-api-key: wrong", "authorization: Basic abc" })
        {
            await client.AskAsync(line, field);
            var response = await client.ReadAsync();
            Assert.That((response.Status, response.ErrorType), Is.EqualTo((401, "authentication_error")), response.Text);
            Assert.That(response.Head["x-should-retry"], Is.EqualTo("false"), "Claude Code tries ten times otherwise");
        }

        Assert.That(provider.Requests, Is.Empty);
    }

    [Test]
    public async Task A_model_that_is_not_allowed_is_forbidden()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, Config(provider, client: "\"models\": [\"other-*\"]"));
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request, $"x-api-key: {Key}");

        Assert.That((response.Status, response.ErrorType), Is.EqualTo((403, "permission_error")), response.Text);
        Assert.That(provider.Requests, Is.Empty);
    }

    [Test]
    public async Task A_model_is_allowed_whichever_provider_is_named_before_it()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, Config(provider, client: "\"models\": [\"claude-*\"]"));
        using var client = await gateway.ConnectAsync();

        var allowed = await client.PostAsync(Samples.Message("scripted/claude-test"), $"x-api-key: {Key}");
        var forbidden = await client.PostAsync(Samples.Message("scripted/other"), $"x-api-key: {Key}");

        Assert.That((allowed.Status, forbidden.Status), Is.EqualTo((200, 403)), allowed.Text);
    }

    [Test]
    public async Task Limits_answer_429_with_whole_seconds_and_a_place_comes_back()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, Config(provider, client: "\"requests_per_minute\": 2, \"max_in_flight\": 1"), reactors: 1);
        using var client = await gateway.ConnectAsync();

        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            var response = await client.PostAsync(Samples.Request, $"x-api-key: {Key}");
            statuses.Add(response.Status);
            if (response.Status == 429)
            {
                Assert.That(int.Parse(response.Head["retry-after"]!), Is.InRange(1, 60));
                Assert.That(response.Text, Does.Contain("rate_limit_error"));
            }
        }

        Assert.That(statuses, Is.EqualTo((int[])[200, 200, 429]));
    }

    [Test]
    public async Task A_spent_budget_refuses_and_says_until_when()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        const string Budget = "\"budgets\": { \"total\": { \"daily_usd\": 0.000001 } }, \"models\": { \"*\": { \"input_usd_per_million\": 1000 } },";
        await using var gateway = new TestGateway(kind, Config(provider, more: Budget));
        using var client = await gateway.ConnectAsync();

        var first = await client.PostAsync(Samples.Request, $"x-api-key: {Key}");
        var second = await client.PostAsync(Samples.Request, $"x-api-key: {Key}");

        Assert.That((first.Status, second.Status), Is.EqualTo((200, 400)), second.Text);
        Assert.That(second.Head["x-should-retry"], Is.EqualTo("false"));
        Assert.That(second.Text, Does.Contain("The budget 'total' is spent").And.Contain("T00:00:00Z"));
        Assert.That(provider.Requests, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Money_is_reserved_for_answers_as_they_are_and_not_as_long_as_they_might_be()
    {
        const int Clients = 5;
        var inside = 0;
        var allInside = new TaskCompletionSource();
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                if (Interlocked.Increment(ref inside) == Clients)
                {
                    allInside.SetResult();
                }

                await allInside.Task.Soon();
                await exchange.AnswerJsonAsync(Samples.Answer);
            },
        };
        const string Budget = "\"budgets\": { \"total\": { \"daily_usd\": 10 } }, \"models\": { \"*\": { \"output_usd_per_million\": 25 } },";
        await using var gateway = new TestGateway(kind, Config(provider, more: Budget));
        var request = Encoding.UTF8.GetBytes("""{"model":"claude-opus-5-5","max_tokens":128000,"messages":[{"role":"user","content":"x"}]}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            using var client = await gateway.ConnectAsync();
            return await client.PostAsync(request, $"x-api-key: {Key}");
        }));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200), "five times 128,000 tokens would be 16 dollars");
    }

    [Test]
    public async Task What_a_client_left_half_answered_is_booked()
    {
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(string.Concat(Samples.Events[..4]));
                await exchange.HangAsync();
            },
        };
        const string Budget = "\"budgets\": { \"total\": { \"daily_usd\": 0.000001 } }, \"models\": { \"*\": { \"input_usd_per_million\": 1000 } },";
        await using var gateway = new TestGateway(kind, Config(provider, more: Budget));
        using (var leaving = await gateway.ConnectAsync())
        {
            await leaving.SendAsync("POST /anthropic/v1/messages", Samples.Request, $"x-api-key: {Key}");
            _ = await leaving.ReadUntilAsync("content_block_delta");
        }

        await gateway.ServedAsync(1);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request, $"x-api-key: {Key}")).Status, Is.EqualTo(400), "the budget is spent");
    }

    [Test]
    public async Task A_client_that_leaves_before_the_answer_is_booked_by_the_estimate()
    {
        var isAsked = new TaskCompletionSource();
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange =>
            {
                isAsked.TrySetResult();
                return exchange.HangAsync();
            },
        };
        const string Budget = "\"budgets\": { \"total\": { \"daily_usd\": 0.000001 } }, \"models\": { \"*\": { \"input_usd_per_million\": 1000 } },";
        await using var gateway = new TestGateway(kind, Config(provider, more: Budget));
        using (var leaving = await gateway.ConnectAsync())
        {
            await leaving.SendAsync("POST /anthropic/v1/messages", Samples.Request, $"x-api-key: {Key}");
            await isAsked.Task.Soon();
        }

        await gateway.ServedAsync(1);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request, $"x-api-key: {Key}")).Status, Is.EqualTo(400), "the budget is spent");
    }

    [Test]
    public async Task A_spent_budget_leads_to_whoever_takes_over()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        const string Budget = "\"budgets\": { \"alice\": { \"daily_usd\": 0.000001, \"when_spent\": \"synthetic\" } }, \"models\": { \"*\": { \"input_usd_per_million\": 1000 } },";
        await using var gateway = new TestGateway(kind, Config(provider, more: Budget, providers: ", \"synthetic\": {}"));
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request, $"x-api-key: {Key}");
        var second = await client.PostAsync(Samples.Request, $"x-api-key: {Key}");

        Assert.That((second.Status, second.Head["x-gateway-provider"]), Is.EqualTo((200, "synthetic")), second.Text);
    }

    [Test]
    public async Task A_providers_limit_leads_to_the_next_and_the_last_one_says_how_long()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "first",
              "providers": {
                "first": { "base_url": "{{first.Url}}", "auth": "none", "requests_per_minute": 1 },
                "second": { "base_url": "{{second.Url}}", "auth": "none", "models": ["*"], "requests_per_minute": 1 } } }
            """);
        using var client = await gateway.ConnectAsync();

        var answers = new List<string?>();
        for (var i = 0; i < 3; i++)
        {
            var response = await client.PostAsync(Samples.Request);
            answers.Add(response.Status == 200 ? response.Head["x-gateway-provider"] : $"{response.Status}");
        }

        Assert.That(answers, Is.EqualTo((string[])["first", "second", "429"]));
    }

    [Test]
    public async Task What_the_provider_says_is_left_corrects_its_limit()
    {
        await using var first = new ScriptedProvider
        {
            Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer, 200, "anthropic-ratelimit-requests-remaining: 0\r\n"),
        };
        await using var gateway = new TestGateway(kind, $$"""
            { "default_provider": "first", "providers": { "first": { "base_url": "{{first.Url}}", "auth": "none", "requests_per_minute": 50 } } }
            """);
        using var client = await gateway.ConnectAsync();

        _ = await client.PostAsync(Samples.Request);
        var second = await client.PostAsync(Samples.Request);

        Assert.That(second.Status, Is.EqualTo(429));
        Assert.That(first.Requests, Has.Length.EqualTo(1));
    }

    private static string Config(ScriptedProvider provider, string client = "\"models\": [\"*\"]", string auth = "none", string more = "", string providers = "") => $$"""
        { "default_provider": "scripted",
          "clients": { "alice": { "key_sha256": "{{Digest}}", {{client}} } },
          {{more}}
          "providers": { "scripted": { "base_url": "{{provider.Url}}", "auth": "{{auth}}" }{{providers}} },
          "passthrough": [ { "prefix": "/raw", "base_url": "{{provider.Url}}", "strip_prefix": true } ] }
        """;
}
