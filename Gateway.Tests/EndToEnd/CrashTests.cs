using System.Text.Json;
using Gateway.Host.Ledger;
using Gateway.Tests.Deploy;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>A gateway that is killed, and the one that its supervisor starts after it.</summary>
[TestFixture, Platform("Linux")]
internal sealed class CrashTests
{
    [Test]
    public async Task After_each_kill_it_serves_again_with_its_key_and_all_that_was_booked()
    {
        const int Kills = 5;
        const int Exchanges = 20;
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = await GatewayProcess.StartListeningAsync(TestGateway.ConfigFor(provider));
        var key = await File.ReadAllTextAsync(Path.Combine(gateway.StateDirectory, "management.key"));
        var told = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var client = await RawClient.ConnectAsync(gateway.EndPoint);
            for (var i = 0; i < Exchanges; i++)
            {
                told.Add((await client.PostAsync(Samples.Request)).Head["x-gateway-request-id"]!);
            }

            await BookedAsync(gateway, told.Count);
            await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
            await gateway.KillAndStartAgainAsync();
        }

        using var next = await RawClient.ConnectAsync(gateway.EndPoint);
        Assert.That((await next.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(gateway.StateDirectory, "management.key")), Is.EqualTo(key));
        var booked = LedgerFile.In(gateway.StateDirectory).SelectMany(File.ReadLines).Select(line => JsonElement.Parse(line).GetProperty("request_id").GetString()).ToList();
        Assert.That(booked, Is.Unique);
        Assert.That(told, Is.SubsetOf(booked));
    }

    [Test]
    public async Task What_was_booked_is_brought_to_the_disk_itself()
    {
        if (Tool.Find("strace") is not { } strace || strace.Run("-o", "/dev/null", "true").Code != 0)
        {
            return;
        }

        // The kernel's word for it: a crash of the machine is not to be had here.
        await using var gateway = await GatewayProcess.ListeningAsync(
            GatewayProcess.StartAfter("set -- strace -D -f -q -y -e trace=fsync,fdatasync -o \"$GATEWAY_STATE_DIR/calls\" \"$@\"", "{}"));
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
        var calls = "";
        for (var since = TimeProvider.System.GetTimestamp(); !calls.Contains("usage-", StringComparison.Ordinal) && TimeProvider.System.GetElapsedTime(since) < Patience.Longest;)
        {
            calls = await File.ReadAllTextAsync(Path.Combine(gateway.StateDirectory, "calls"));
        }

        Assert.That(calls, Does.Match(@"sync\(\d+<[^>]*usage-"));
    }

    [Test]
    public async Task A_budget_that_was_reserved_when_it_was_killed_is_whole_again()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider
        {
            Otherwise = exchange =>
            {
                asked.SetResult();
                return exchange.HangAsync();
            },
        };
        await using var gateway = await GatewayProcess.StartListeningAsync($$"""
            { "default_provider": "p", "budgets": { "total": { "daily_usd": 0.001 } },
              "providers": { "p": { "base_url": "{{provider.Url}}", "auth": "none", "input_usd_per_million": 10, "output_usd_per_million": 10 } } }
            """);
        using var first = await RawClient.ConnectAsync(gateway.EndPoint);
        await first.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await asked.Task.Soon();
        using var second = await RawClient.ConnectAsync(gateway.EndPoint);
        Assert.That((await second.PostAsync(Samples.Request)).Status, Is.EqualTo(429), "the first has reserved most of it");

        await gateway.KillAndStartAgainAsync();

        provider.Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer);
        using var third = await RawClient.ConnectAsync(gateway.EndPoint);
        Assert.That((await third.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
    }

    // The ledger has a writer of its own, which is behind by as long as it takes to write.
    private static async Task BookedAsync(GatewayProcess gateway, int lines)
    {
        using var watch = new FileSystemWatcher(gateway.StateDirectory) { NotifyFilter = NotifyFilters.Size | NotifyFilters.LastWrite };
        using var changed = new SemaphoreSlim(0);
        watch.Changed += (_, _) => changed.Release();
        watch.EnableRaisingEvents = true;
        while (LedgerFile.In(gateway.StateDirectory).SelectMany(File.ReadLines).Count() < lines)
        {
            await changed.WaitAsync().Soon($"{lines} lines in the ledger");
        }
    }
}
