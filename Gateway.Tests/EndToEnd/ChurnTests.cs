using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Connections that come and go, and end in whatever state they are in.</summary>
[TestFixture("epoll"), TestFixture("sockets")]
[Platform("Linux")]
internal sealed class ChurnTests(string transport)
{
    private const int Workers = 16;
    private const int Each = 150;

    // What the process opens meanwhile for itself.
    private const int Spare = 20;

    [Test]
    public async Task Thousands_of_connections_that_end_in_any_state_leave_nothing_behind()
    {
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.AnswerJsonAsync(Samples.Answer) };
        await using var gateway = await GatewayProcess.StartListeningAsync(TestGateway.ConfigFor(provider, listener: $"\"transport\": \"{transport}\", \"reactors\": 2"));
        await RoundAsync(gateway);
        var before = await DescriptorsAsync(gateway, most: int.MaxValue);
        await RoundAsync(gateway);
        Assert.That(await DescriptorsAsync(gateway, most: before + Spare), Is.LessThanOrEqualTo(before + Spare), $"{before} before");
    }

    private static Task RoundAsync(GatewayProcess gateway) => Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
    {
        for (var i = 0; i < Each; i++)
        {
            using var client = await RawClient.ConnectAsync(gateway.EndPoint);
            await EndAsync(client, state: (worker + i) % 6);
        }
    }));

    // Once nobody is served any more, and there are no more than expected, or after a long wait; without those in the pool.
    private static async Task<int> DescriptorsAsync(GatewayProcess gateway, int most)
    {
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        for (var since = TimeProvider.System.GetTimestamp(); ;)
        {
            await client.AskAsync("GET /metrics");
            var metrics = (await client.ReadAsync()).Text.Split('\n');
            var open = Value(metrics, "process_open_fds") - Value(metrics, "gateway_pool_connections{provider=\"scripted\",state=\"idle\"}");
            var served = Value(metrics, "gateway_inflight_requests") + Value(metrics, "gateway_connections{state=\"idle\"}")
                + Value(metrics, "gateway_pool_connections{provider=\"scripted\",state=\"busy\"}");
            if ((served == 1 && open <= most) || TimeProvider.System.GetElapsedTime(since) > Patience.Longest)
            {
                Assert.That(served, Is.EqualTo(1), "whoever asks for the metrics");
                return open;
            }
        }
    }

    private static int Value(string[] metrics, string name) =>
        int.Parse(metrics.Single(line => line.StartsWith(name + ' ', StringComparison.Ordinal))[(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task EndAsync(RawClient client, int state)
    {
        switch (state)
        {
            case 0:
                client.Reset();
                break;
            case 1:
                await client.SendAsync("POST /anthropic/v1/mess");
                client.Reset();
                break;
            case 2:
                await client.SendAsync("POST /anthropic/v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"model\":");
                client.Reset();
                break;
            case 3:
                await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
                client.Reset();
                break;
            case 4:
                await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
                await client.ReadHeadAsync();
                break;
            default:
                Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));
                break;
        }
    }
}
