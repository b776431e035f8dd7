using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>The table of what a provider can do, row by row on real sockets: who answers, how often the first was asked, and what is held against it.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class DecisionTableTests(TransportKind kind)
{
    private const string Thinking = "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n";

    /// <summary>What happens before anything was relayed; then who answers, after how many requests to the first, in which state it is left.</summary>
    private static IEnumerable<TestCaseData> BeforeTheCommitPoint() =>
    [
        Row("429_with_a_long_pause", Status(429, "retry-after: 30\r\n"), "second", 1, "cooling"),
        Row("429_with_a_short_pause_and_no_warm_cache", Status(429, "retry-after: 1\r\n"), "second", 1, "cooling"),
        Row("429_with_a_date", exchange => Status(429, $"retry-after: {DateTimeOffset.UtcNow.AddMinutes(2):r}\r\n")(exchange), "second", 1, "cooling"),
        Row("429_with_garbage", Status(429, "retry-after: soon\r\n"), "second", 1, "cooling"),
        Row("429_with_a_negative_pause", Status(429, "retry-after: -5\r\n"), "second", 1, "cooling"),
        Row("429_without_a_pause", Status(429), "second", 1, "cooling"),
        Row("money_gone_at_anthropic", Status(429, body: """{"error":{"details":{"error_code":"enforced_spend_limit_reached"}}}"""), "second", 1, "exhausted"),
        Row("money_gone_at_openai", Status(429, body: """{"error":{"type":"insufficient_quota"}}"""), "second", 1, "exhausted"),
        Row("money_gone_with_400", Status(400, body: """{"error":{"message":"Your credit balance is too low"}}"""), "second", 1, "exhausted"),
        Row("money_gone_with_402", Status(402), "second", 1, "exhausted"),
        Row("529", Status(529), "second", 2, "degraded"),
        Row("503", Status(503), "second", 2, "degraded"),
        Row("529_with_a_long_pause", Status(529, "retry-after: 30\r\n"), "second", 1, "cooling"),
        Row("500", Status(500), "second", 1, "degraded"),
        Row("502", Status(502), "second", 1, "degraded"),
        Row("504", Status(504), "second", 1, "degraded"),
        Row("no_answer", Close, "second", 1, "degraded"),
        Row("an_error_event_first", exchange => exchange.StreamAsync("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"x\"}}\n\n"), "second", 1, "degraded"),
        Row("an_overload_event_first", exchange => exchange.StreamAsync("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}\n\n"), "second", 2, "degraded"),
        Row("400", Status(400), "first", 1, "healthy"),
        Row("404", Status(404), "first", 1, "healthy"),
        Row("413", Status(413), "first", 1, "healthy"),
        Row("401", Status(401), "second", 1, "disabled"),
        Row("403_of_the_key", Status(403, body: """{"error":{"type":"permission_error","message":"Your API key"}}"""), "second", 1, "disabled"),
        Row("403_of_something_else", Status(403), "second", 1, "healthy"),
    ];

    [TestCaseSource(nameof(BeforeTheCommitPoint))]
    public async Task Before_anything_was_relayed(Func<ProviderExchange, Task> script, string answeredBy, int asked, string state)
    {
        await using var first = new ScriptedProvider { Otherwise = script };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        await using var gateway = new TestGateway(kind, Two(first, second), reactors: 1);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.Multiple(() =>
        {
            Assert.That(response.Head["x-gateway-provider"], Is.EqualTo(answeredBy));
            Assert.That(response.Text, answeredBy == "second" ? Is.EqualTo(Samples.Stream) : Is.EqualTo("{}"));
            Assert.That(first.Requests, Has.Length.EqualTo(asked));
        });
        Assert.That(await StateAsync(client), Is.EqualTo(state));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task After_thinking_or_text_was_relayed_a_death_is_told_and_held_against_it(bool isText)
    {
        await using var first = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.SendChunkAsync(Samples.Events[0] + (isText ? Samples.Events[1] + Samples.Events[3] : Thinking));
                exchange.Connection.Close();
            },
        };
        await using var second = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, Two(first, second), reactors: 1);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Samples.Request);

        Assert.That(response.IsWhole, Is.False);
        Assert.That(response.Text, Does.Contain("event: error\n").And.Not.Contain("message_stop"));
        Assert.That(second.Requests, Is.Empty);
        using var other = await gateway.ConnectAsync();
        Assert.That(await StateAsync(other, "degraded"), Is.EqualTo("degraded"));
    }

    [Test]
    public async Task A_client_that_leaves_is_not_held_against_the_provider()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.HangAsync() };
        await using var second = new ScriptedProvider();
        await using var gateway = new TestGateway(kind, Two(first, second), reactors: 1);
        for (var i = 1; i <= 6; i++)
        {
            using var client = await gateway.ConnectAsync();
            await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
            while (first.Requests.Length < i)
            {
                await gateway.CountRentedBlocksAsync();
            }
        }

        await gateway.ServedAsync(6);
        using var other = await gateway.ConnectAsync();
        Assert.That(await StateAsync(other), Is.EqualTo("healthy"));
        Assert.That(second.Requests, Is.Empty);
    }

    [Test]
    public async Task When_all_are_out_each_request_makes_one_attempt_and_its_error_is_told_as_it_is()
    {
        await using var first = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("""{"error":{"message":"first"}}""", 500) };
        await using var second = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("""{"error":{"message":"second"}}""", 502) };
        await using var gateway = new TestGateway(kind, Two(first, second), time: new ManualTime());
        using var client = await gateway.ConnectAsync();
        for (var i = 0; i < 5; i++)
        {
            _ = await client.PostAsync(Samples.Request);
        }

        var before = first.Requests.Length + second.Requests.Length;
        for (var i = 0; i < 10; i++)
        {
            var response = await client.PostAsync(Samples.Request);
            Assert.That((response.Status, response.Text), Is.EqualTo((500, """{"error":{"message":"first"}}""")).Or.EqualTo((502, """{"error":{"message":"second"}}""")));
        }

        Assert.That(first.Requests.Length + second.Requests.Length - before, Is.EqualTo(10));
    }

    private static Func<ProviderExchange, Task> Status(int status, string fields = "", string body = "{}") =>
        exchange => exchange.AnswerJsonAsync(body, status, fields);

    private static Task Close(ProviderExchange exchange)
    {
        exchange.Connection.Close();
        return Task.CompletedTask;
    }

    private static TestCaseData Row(string name, Func<ProviderExchange, Task> script, string answeredBy, int asked, string state) =>
        new TestCaseData(script, answeredBy, asked, state).SetArgDisplayNames(name);

    private static async Task<string> StateAsync(RawClient client, string? awaited = null)
    {
        // What is held against a provider is written down when its exchange ends, which may be a moment after its last byte.
        string state;
        var left = 1_000;
        do
        {
            await client.AskAsync("GET /providers/first");
            state = (await client.ReadAsync()).Json.GetProperty("state").GetString()!;
        }
        while (awaited is not null && state != awaited && --left > 0);
        return state;
    }

    private static string Two(ScriptedProvider first, ScriptedProvider second) => $$"""
        { "providers": { "first": { "base_url": "{{first.Url}}", "api_key": "one" }, "second": { "base_url": "{{second.Url}}", "api_key": "two" } },
          "routes": [ { "targets": ["first", "second"] } ] }
        """;
}
