using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Host.Ledger;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Everything at once: providers that fail in every way, clients that leave, files saved good and bad, the program replaced.</summary>
[TestFixture, Platform("Linux")]
internal sealed class ChaosTests
{
    private const int Clients = 8;
    private const int Each = 40;
    private const string Fault = """{"type":"error","error":{"type":"api_error","message":"told so"}}""";

    private readonly ConcurrentBag<string> _answered = [];
    private readonly Mailbox<bool> _finished = new();

    [TestCase("epoll")]
    [TestCase("sockets")]
    public async Task No_request_is_lost_and_nothing_is_left_over(string transport)
    {
        _answered.Clear();
        await using var first = new ScriptedProvider { Otherwise = Moody(seed: 1) };
        await using var second = new ScriptedProvider { Otherwise = Moody(seed: 2) };
        await using var gateway = await GatewayProcess.StartListeningAsync(Config(transport, first, second, attempts: 3));
        var load = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => AskAsync(gateway, client)));
        for (var i = 0; !load.IsCompleted; i++)
        {
            Save(gateway, i % 3 == 2 ? "{ half a fi" : Config(transport, first, second, attempts: 2 + (i % 3)));
            await gateway.SignalAsync("HUP");
            if (i == 3)
            {
                Save(gateway, Config(transport, first, second, attempts: 3));
                await gateway.UpgradeAsync();
            }

            await Task.WhenAny(load, _finished.TakeAsync());
        }

        await load;
        await QuietAsync(gateway);
        Assert.That(_answered, Has.Count.GreaterThan(Clients * Each / 3));
    }

    private async Task AskAsync(GatewayProcess gateway, int number)
    {
        for (var i = 0; i < Each; i++)
        {
            using var client = await RawClient.ConnectAsync(gateway.EndPoint);
            await client.SendAsync("POST /anthropic/v1/messages", Samples.Request, $"x-claude-code-session-id: {number}-{i}");
            if (i % 10 == number)
            {
                client.Reset();
            }
            else
            {
                Judge(await client.ReadAsync());
            }

            _finished.Add(true);
        }
    }

    // A whole answer, one that is told to have broken, or an error in Anthropic's shape.
    private void Judge(RawResponse response)
    {
        if (response.Status >= 400)
        {
            Assert.That(response.IsWhole && response.ErrorType is not null, response.Text);
            return;
        }

        var isBroken = response.Text.Contains("event: error\n", StringComparison.Ordinal);
        var isAnswer = response.IsWhole && (response.Text == Samples.Answer || response.Text.EndsWith(Samples.Stream, StringComparison.Ordinal));
        Assert.That(isAnswer != isBroken, response.Text);
        _answered.Add(response.Head["x-gateway-request-id"] ?? "");
    }

    private static Func<ProviderExchange, Task> Moody(int seed)
    {
        var moods = new Random(seed);
        return exchange =>
        {
            int mood;
            lock (moods)
            {
                mood = moods.Next(24);
            }

            return mood switch
            {
                0 => exchange.AnswerJsonAsync(Fault, 500),
                1 => exchange.AnswerJsonAsync(Fault, 529),
                2 => exchange.AnswerJsonAsync(Fault, 429, "retry-after: 1\r\n"),
                3 => exchange.SendAsync("HTTP/9.9 what\r\n\r\n"),
                4 => LeaveAsync(exchange),
                5 => LeaveAsync(exchange, Samples.Events[0]),
                6 => LeaveAsync(exchange, string.Concat(Samples.Events[..4])),
                < 15 => exchange.AnswerJsonAsync(Samples.Answer),
                _ => exchange.StreamAsync(Samples.Events),
            };
        };
    }

    private static async Task LeaveAsync(ProviderExchange exchange, string? said = null)
    {
        if (said is not null)
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(said);
        }

        exchange.Connection.Close();
    }

    // What was answered is booked once, and no exchange, connection or place is held any more.
    private async Task QuietAsync(GatewayProcess gateway)
    {
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        var (metrics, booked) = ("", new List<string?>());
        for (var since = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(since) < Patience.Longest;)
        {
            await client.AskAsync("GET /metrics");
            metrics = (await client.ReadAsync()).Text;
            booked = [.. LedgerFile.In(gateway.StateDirectory).SelectMany(File.ReadLines).Select(line => JsonElement.Parse(line).GetProperty("request_id").GetString())];
            if (Idle.All(line => metrics.Contains(line, StringComparison.Ordinal)) && _answered.All(booked.Contains))
            {
                break;
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(Idle.Where(line => !metrics.Contains(line, StringComparison.Ordinal)), Is.Empty);
            Assert.That(booked, Is.Unique);
            Assert.That(_answered, Is.SubsetOf(booked));
        });
    }

    private static readonly string[] Idle =
    [
        "\ngateway_inflight_requests 1\n", "\ngateway_inflight_streams 0\n", "\ngateway_connections{state=\"idle\"} 0\n",
        "\ngateway_pool_connections{provider=\"first\",state=\"busy\"} 0\n", "\ngateway_pool_connections{provider=\"second\",state=\"busy\"} 0\n",
    ];

    private static void Save(GatewayProcess gateway, string text)
    {
        PrivateFile.Write(gateway.ConfigFile + ".new", text);
        File.Move(gateway.ConfigFile + ".new", gateway.ConfigFile, overwrite: true);
    }

    private static string Config(string transport, ScriptedProvider first, ScriptedProvider second, int attempts) => $$"""
        {
          "claude_gateway": { "transport": "{{transport}}", "reactors": 2, "max_attempts": {{attempts}} }, "default_provider": "first",
          "providers": { "first": { "base_url": "{{first.Url}}", "auth": "none" }, "second": { "base_url": "{{second.Url}}", "auth": "none" } },
          "routes": [ { "targets": ["first", "second"] } ]
        }
        """;
}
