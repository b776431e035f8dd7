using System.Collections.Concurrent;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ProviderConnectionTests(TransportKind kind)
{
    [Test]
    public async Task A_pooled_connection_that_dies_without_a_byte_is_replaced_by_a_fresh_one_once([Values] bool resets, [Values("/anthropic/v1/messages", "/raw/x")] string path)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind, reactors: 1);
        using var client = await gateway.ConnectAsync();
        await client.SendAsync($"POST {path}", Samples.Request);
        _ = await client.ReadAsync();
        provider.Next(exchange => End(exchange, resets));

        await client.SendAsync($"POST {path}", Samples.Request);

        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(200));
        Assert.That(provider.Requests, Has.Length.EqualTo(3));
        Assert.That(provider.Requests[2].Raw, Is.EqualTo(provider.Requests[1].Raw), "the very same request");
        Assert.That(provider.ConnectionCount, Is.EqualTo(2));
    }

    [Test]
    public async Task A_request_is_sent_twice_at_most([Values] bool resets)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind, reactors: 1);
        using var client = await gateway.ConnectAsync();
        _ = await client.PostAsync(Samples.Request);
        provider.Otherwise = exchange => End(exchange, resets);

        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(502));
        Assert.That(provider.Requests, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task A_pooled_connection_that_dies_inside_its_answer_is_not_tried_again()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind, reactors: 1);
        using var client = await gateway.ConnectAsync();
        _ = await client.PostAsync(Samples.Request);
        provider.Next(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-");
            exchange.Connection.Close();
        });

        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(502));
        Assert.That(provider.Requests, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_connection_closed_while_idle_is_not_used_again()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind, reactors: 1);
        using var client = await gateway.ConnectAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
            provider.Connections[^1].Close();
        }

        Assert.That(provider.Requests, Has.Length.EqualTo(10));
        Assert.That(provider.ConnectionCount, Is.EqualTo(10));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{} ")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nmore")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")]
    [TestCase("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}")]
    public async Task An_answer_that_leaves_its_connection_unclean_is_relayed_and_the_connection_closed(string answer)
    {
        await using var provider = new ScriptedProvider();
        provider.NextRaw(answer);
        await using var gateway = TestGateway.Before(provider, kind, reactors: 1);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Samples.Request)).Text, Is.EqualTo("{}"));
        await provider.Connections[0].Closed;
        Assert.That((await client.PostAsync(Samples.Request)).Text, Is.EqualTo("{}"), "no byte of the first answer is taken for the second");
        Assert.That(provider.ConnectionCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Bytes_that_come_while_idle_are_never_taken_for_an_answer()
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind, reactors: 1);
        using var client = await gateway.ConnectAsync();
        _ = await client.PostAsync(Samples.Request);

        await provider.Connections[0].SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"u8.ToArray());
        await client.AskAsync("GET /health");
        _ = await client.ReadAsync();

        Assert.That((await client.PostAsync(Samples.Request)).Text, Is.EqualTo("{}"));
        await provider.Connections[0].Closed;
    }

    [Test]
    public async Task A_provider_gets_as_many_requests_at_a_time_as_it_may([Values(1, 3)] int limit)
    {
        var running = 0;
        var most = 0;
        await using var provider = new ScriptedProvider();
        provider.Otherwise = async exchange =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            await exchange.AnswerJsonAsync("{}");
        };
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, $"\"api_key\": \"k\", \"max_concurrent_requests\": {limit}"));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var client = await gateway.ConnectAsync();
            for (var i = 0; i < 5; i++)
            {
                Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
            }
        }));

        Assert.That(most, Is.InRange(1, limit));
        Assert.That(provider.Requests, Has.Length.EqualTo(60));
    }

    [Test]
    public async Task The_limit_of_a_provider_holds_for_all_of_its_keys_together()
    {
        var running = 0;
        var most = 0;
        await using var provider = new ScriptedProvider();
        provider.Otherwise = async exchange =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            await exchange.AnswerJsonAsync("{}");
        };
        await using var gateway = new TestGateway(
            kind, TestGateway.ConfigFor(provider, "\"max_concurrent_requests\": 1, \"keys\": [ { \"key\": \"k1\" }, { \"key\": \"k2\" }, { \"key\": \"k3\" } ]"));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
        {
            using var client = await gateway.ConnectAsync();
            for (var i = 0; i < 5; i++)
            {
                Assert.That((await client.PostAsync(Samples.Request, $"x-claude-code-session-id: {number}")).Status, Is.EqualTo(200));
            }
        }));

        Assert.That(most, Is.EqualTo(1));
        Assert.That(provider.Requests.Select(static request => request.Head["x-api-key"]).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task Each_group_of_keys_gets_as_many_requests_at_a_time_as_it_may_and_more_wait_in_line()
    {
        var running = new ConcurrentDictionary<string, int>();
        var most = 0;
        await using var provider = new ScriptedProvider();
        provider.Otherwise = async exchange =>
        {
            // Two keys of one organisation count as one.
            var group = exchange.Request.Head["x-api-key"] == "k3" ? "own" : "shared";
            InterlockedMax(ref most, running.AddOrUpdate(group, 1, (_, count) => count + 1));
            await Task.Yield();
            running.AddOrUpdate(group, 0, (_, count) => count - 1);
            await exchange.AnswerJsonAsync("{}");
        };
        const string Keys = """
            "keys": [ { "key": "k1", "limit_group": "shared", "max_in_flight": 1 }, { "key": "k2", "limit_group": "shared", "max_in_flight": 1 }, { "key": "k3", "max_in_flight": 1 } ]
            """;
        await using var gateway = new TestGateway(kind, TestGateway.ConfigFor(provider, Keys));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
        {
            using var client = await gateway.ConnectAsync();
            for (var i = 0; i < 5; i++)
            {
                Assert.That((await client.PostAsync(Samples.Request, $"x-claude-code-session-id: {number}")).Status, Is.EqualTo(200));
            }
        }));

        Assert.That(most, Is.EqualTo(1));
        Assert.That(provider.Requests.Select(static request => request.Head["x-api-key"]).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_connection_that_dies_after_an_interim_answer_has_given_none()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync("{}") };
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();
        _ = await client.PostAsync(Samples.Request);
        provider.Next(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
            exchange.Connection.Close();
        });

        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200), "once more on a fresh one");
        Assert.That(provider.ConnectionCount, Is.EqualTo(2));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            _ = Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private static Task End(ProviderExchange exchange, bool resets)
    {
        if (resets)
        {
            exchange.Connection.Reset();
        }
        else
        {
            exchange.Connection.Close();
        }

        return Task.CompletedTask;
    }
}
