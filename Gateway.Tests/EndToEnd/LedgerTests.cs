using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Gateway.Host.Ledger;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>The ledger says what the provider said: none missing, none twice.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class LedgerTests(TransportKind kind)
{
    [Test]
    public async Task A_thousand_mixed_exchanges_are_booked_once_each()
    {
        const int Count = 1_000;
        const int Booked = Count - (Count / 10);
        var directory = Directory.CreateTempSubdirectory("gateway-ledger").FullName;
        long told = 0;
        await using (var provider = new ScriptedProvider
        {
            Otherwise = exchange =>
            {
                // One in ten fails, and costs nothing.
                var number = Interlocked.Increment(ref told);
                return number % 10 == 0
                    ? exchange.AnswerJsonAsync("{}", 529)
                    : exchange.AnswerJsonAsync("""{"type":"message","role":"assistant","content":[],"stop_reason":"end_turn","usage":{"input_tokens":7,"output_tokens":3}}""");
            },
        })
        {
            await using var gateway = new TestGateway(
                kind, TestGateway.ConfigFor(provider, "\"api_key\": \"k\", \"input_usd_per_million\": 1, \"output_usd_per_million\": 1"), stateDirectory: directory);
            var served = 0;
            await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
            {
                using var client = await gateway.ConnectAsync();
                for (var i = 0; i < Count / 10; i++)
                {
                    var response = await client.PostAsync(Samples.Request);
                    Interlocked.Add(ref served, response.Status == 200 ? 1 : 0);
                }
            }));
            Assert.That(served, Is.EqualTo(Booked));
        }

        var entries = LedgerEntry.Since(directory, DateOnly.MinValue).ToList();
        Assert.That(entries, Has.Count.EqualTo(Booked));
        Assert.That(entries.Sum(entry => entry.Tokens[0]), Is.EqualTo(7 * Booked));
        Assert.That(entries.Sum(entry => entry.Tokens[1]), Is.EqualTo(3 * Booked));
        Assert.That(entries.Sum(entry => entry.CostMicroUsd), Is.EqualTo(10 * Booked));
        Directory.Delete(directory, recursive: true);
    }

    [Test]
    public async Task Whole_broken_left_and_failed_over_exchanges_are_each_booked_once_as_the_provider_counted_them()
    {
        var count = Size.Of("GATEWAY_EXCHANGES", usual: 400);
        var served = new ConcurrentBag<int>();
        var directory = Directory.CreateTempSubdirectory("gateway-ledger").FullName;
        await using (var first = new ScriptedProvider { Otherwise = exchange => AnswerAsync(exchange, isFirst: true) })
        {
            await using var second = new ScriptedProvider { Otherwise = exchange => AnswerAsync(exchange, isFirst: false) };
            await using var gateway = new TestGateway(kind, $$"""
                {
                  "default_provider": "first",
                  "providers": { "first": { "base_url": "{{first.Url}}", "auth": "none" }, "second": { "base_url": "{{second.Url}}", "auth": "none" } },
                  "routes": [ { "targets": ["first", "second"] } ]
                }
                """, stateDirectory: directory);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
            {
                for (var number = 1 + worker; number <= count; number += 8)
                {
                    using var client = await gateway.ConnectAsync();
                    await client.SendAsync("POST /anthropic/v1/messages", Samples.Request, $"x-number: {number}");
                    if (KindOf(number) == "left")
                    {
                        await client.ReadUntilAsync("sixteen letters.");
                        client.Reset();
                        served.Add(number);
                    }
                    else if ((await client.ReadAsync()).Status == 200)
                    {
                        served.Add(number);
                    }
                }
            }));
        }

        var lines = LedgerFile.In(directory).SelectMany(File.ReadLines).Select(line => JsonElement.Parse(line)).ToList();
        Assert.That(lines.Select(line => line.GetProperty("request_id").GetString()), Is.Unique);

        // Each exchange reads as many tokens as its number is. Whoever met two providers that are out was told so, and pays nothing.
        Assert.That(lines.Select(line => line.GetProperty("input_tokens").GetInt32()), Is.EquivalentTo(served));
        Assert.That(served, Has.Count.GreaterThan(count * 9 / 10));
        Assert.That(lines.Where(line => line.TryGetProperty("failed", out _)), Is.Not.Empty);
        foreach (var line in lines)
        {
            var how = KindOf(line.GetProperty("input_tokens").GetInt32());
            Assert.That(line.GetProperty("usage_source").GetString(), Is.EqualTo(how is "left" or "broken" ? "estimated" : "final"), how);
        }

        Directory.Delete(directory, recursive: true);

        static string KindOf(int number) => (number % 5) switch { 0 => "failed over", 1 => "left", 2 => "broken", 3 => "streamed", _ => "whole" };

        static async Task AnswerAsync(ProviderExchange exchange, bool isFirst)
        {
            var number = int.Parse(exchange.Request.Head["x-number"]!, CultureInfo.InvariantCulture);
            var start = Samples.Events[0].Replace("\"input_tokens\":5", $"\"input_tokens\":{number}", StringComparison.Ordinal);
            var delta = Samples.Events[3].Replace("Grüße, 世界 🌍", "sixteen letters.", StringComparison.Ordinal);
            switch (KindOf(number))
            {
                case "failed over" when isFirst:
                    await exchange.AnswerJsonAsync("{}", 500);
                    break;
                case "left":
                    await exchange.BeginStreamAsync();
                    await exchange.SendChunkAsync(start + Samples.Events[1] + delta);
                    await exchange.HangAsync();
                    break;
                case "broken":
                    await exchange.BeginStreamAsync();
                    await exchange.SendChunkAsync(start + Samples.Events[1] + delta);
                    exchange.Connection.Close();
                    break;
                case "streamed":
                    await exchange.StreamAsync([start, .. Samples.Events[1..]]);
                    break;
                default:
                    await exchange.AnswerJsonAsync(Samples.Answer.Replace("\"input_tokens\":5", $"\"input_tokens\":{number}", StringComparison.Ordinal));
                    break;
            }
        }
    }

    [Test]
    public async Task A_budget_knows_after_a_restart_what_was_spent()
    {
        var directory = Directory.CreateTempSubdirectory("gateway-ledger").FullName;
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        var config = $$"""
            { "default_provider": "p", "budgets": { "total": { "daily_usd": 0.000001 } },
              "providers": { "p": { "base_url": "{{provider.Url}}", "auth": "none", "input_usd_per_million": 1000 } } }
            """;
        Assert.That(await AskInOneLifeAsync(config, directory), Is.EqualTo(200));
        Assert.That(await AskInOneLifeAsync(config, directory), Is.EqualTo(400));
        Directory.Delete(directory, recursive: true);
    }

    [Test]
    [Platform("Linux")]
    public void Two_processes_that_write_at_once_lose_no_line()
    {
        var directory = Directory.CreateTempSubdirectory("gateway-ledger").FullName;
        using (var old = new LedgerFile(directory, TimeProvider.System, SharedFile.AppendAlways))
        using (var successor = new LedgerFile(directory, TimeProvider.System, SharedFile.AppendAlways))
        {
            for (var i = 0; i < 100; i++)
            {
                old.Write("old\n"u8);
                successor.Write("new\n"u8);
            }
        }

        Assert.That(
            File.ReadAllText(LedgerFile.In(directory).Single()),
            Is.EqualTo(string.Concat(Enumerable.Repeat("old\nnew\n", 100))));
        Directory.Delete(directory, recursive: true);
    }

    private async Task<int> AskInOneLifeAsync(string config, string directory)
    {
        await using var gateway = new TestGateway(kind, config, stateDirectory: directory);
        using var client = await gateway.ConnectAsync();
        return (await client.PostAsync(Samples.Request)).Status;
    }
}
