using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture, Platform(Exclude = "Win")]
internal sealed class DrainTests
{
    [Test]
    public async Task A_signal_to_stop_lets_a_running_stream_end_and_the_process_exit_with_0()
    {
        var isStopping = new TaskCompletionSource();
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(Samples.Events[0]);
            await isStopping.Task.Soon();
            await exchange.SendChunkAsync(string.Concat(Samples.Events[1..]));
            await exchange.EndChunksAsync();
        });
        using var gateway = await GatewayProcess.StartAsync(TestGateway.ConfigFor(provider));
        using var idle = await RawClient.ConnectAsync(gateway.EndPoint);
        await idle.AskAsync("GET /health");
        _ = await idle.ReadAsync();
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        var hasBegun = new TaskCompletionSource();
        client.WhenBodyBytes(1, hasBegun.SetResult);
        var reading = client.ReadAsync();
        await hasBegun.Task.Soon();

        await gateway.TerminateAsync();
        _ = await gateway.AwaitLineAsync("stopping", "reason");
        await idle.ExpectEndAsync();
        isStopping.SetResult();
        var response = await reading;

        Assert.That(response.IsWhole);
        Assert.That(response.Text, Is.EqualTo(Samples.Stream));
        await client.ExpectEndAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero);
    }

    [Test]
    public async Task An_idle_gateway_stops_at_once()
    {
        await using var provider = new ScriptedProvider();
        using var gateway = await GatewayProcess.StartAsync(TestGateway.ConfigFor(provider));

        await gateway.TerminateAsync();

        Assert.That(await gateway.ExitAsync(), Is.Zero);
    }
}
