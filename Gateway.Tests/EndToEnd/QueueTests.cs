using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Where a limit of exchanges is reached: who waits for a place, how long, and where it goes instead.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class QueueTests(TransportKind kind)
{
    private const string Session = "x-claude-code-session-id: one";
    private const string Cached = """{"type":"message","role":"assistant","content":[],"usage":{"input_tokens":5,"output_tokens":7,"cache_read_input_tokens":9000}}""";
    private const string TwoKeys = """ "keys": [ { "key": "k1", "limit_group": "a", "max_in_flight": 1 }, { "key": "k2", "limit_group": "b", "max_in_flight": 1 } ] """;

    [Test]
    public async Task Who_has_no_warm_cache_takes_the_key_of_an_organisation_that_has_a_place()
    {
        using var asked = new SemaphoreSlim(0);
        using var released = new SemaphoreSlim(0);
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                asked.Release();
                await released.WaitAsync().Soon();
                await exchange.AnswerJsonAsync(Samples.Answer);
            },
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, TwoKeys));

        // Of eight pairs some belong to one key by their hash.
        for (var pair = 0; pair < 8; pair++)
        {
            var answers = new List<Task<int>>();
            foreach (var name in (string[])["one", "two"])
            {
                answers.Add(AskAsync(gateway, $"x-claude-code-session-id: {name} {pair}"));
                await asked.WaitAsync().Soon();
            }

            released.Release(2);
            Assert.That(await Task.WhenAll(answers), Is.All.EqualTo(200));
            Assert.That(provider.Requests[^2..].Select(request => request.Head["x-api-key"]), Is.EquivalentTo((string[])["k1", "k2"]));
        }
    }

    [Test]
    public async Task Who_has_a_warm_cache_waits_for_its_key_and_no_longer_than_five_seconds_for_it()
    {
        var time = new ManualTime();
        var isHeld = new TaskCompletionSource();
        var isReleased = new TaskCompletionSource();
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Cached) };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, TwoKeys), reactors: 1, time: time);
        Assert.That(await AskAsync(gateway, Session), Is.EqualTo(200));
        provider.Next(async exchange =>
        {
            isHeld.SetResult();
            await isReleased.Task.Soon();
            await exchange.AnswerJsonAsync(Cached);
        });
        var first = AskAsync(gateway, Session);
        await isHeld.Task.Soon();

        var second = AskAsync(gateway, Session);
        for (var i = 0; i < 30 && !second.IsCompleted; i++)
        {
            // Each turn of the loop sees the clock.
            using var client = await gateway.ConnectAsync();
            await client.AskAsync("GET /health");
            _ = await client.ReadAsync();
            if (provider.Requests.Length == 2)
            {
                time.Advance(1_000);
            }
        }

        Assert.That(await second, Is.EqualTo(200));
        Assert.That(time.GetTimestamp(), Is.GreaterThanOrEqualTo(5_000), "a cache is worth some waiting");
        isReleased.SetResult();
        Assert.That(await first, Is.EqualTo(200));
        var keys = provider.Requests.Select(request => request.Head["x-api-key"]).ToArray();
        Assert.That(keys, Is.EqualTo((string[])[keys[0]!, keys[0]!, keys[0] == "k1" ? "k2" : "k1"]));
        await gateway.DrainAsync();
        Assert.That(gateway.Log.Lines, Has.Some.Contain("key_queue_timeout"));
    }

    [Test]
    public async Task A_client_that_leaves_the_queue_of_a_provider_frees_its_place()
    {
        var isReleased = new TaskCompletionSource();
        var hasBegun = new TaskCompletionSource();
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            hasBegun.SetResult();
            await isReleased.Task.Soon();
            await exchange.AnswerJsonAsync("{}");
        });
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, "\"api_key\": \"k\", \"max_concurrent_requests\": 1"), reactors: 1);
        using var first = await gateway.ConnectAsync();
        await first.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await hasBegun.Task.Soon();
        using (var second = await gateway.ConnectAsync())
        {
            await second.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        }

        using var third = await gateway.ConnectAsync();
        await third.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        isReleased.SetResult();

        Assert.That((await first.ReadAsync()).Status, Is.EqualTo(200));
        Assert.That((await third.ReadAsync()).Status, Is.EqualTo(200));
    }

    private static async Task<int> AskAsync(TestGateway gateway, string field)
    {
        using var client = await gateway.ConnectAsync();
        return (await client.PostAsync(Samples.Request, field)).Status;
    }
}
