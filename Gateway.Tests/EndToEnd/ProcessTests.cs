using System.Runtime.Versioning;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>The process: how it starts, what it says when it can't, and how it leaves.</summary>
[TestFixture]
internal sealed class ProcessTests
{
    private const string Synthetic = "{}";

    [Test]
    public async Task Serves_once_it_says_that_it_listens()
    {
        await using var gateway = await GatewayProcess.StartListeningAsync(Synthetic);
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);

        Assert.That((await client.PostAsync(Samples.Request)).Text, Does.EndWith("{\"type\":\"message_stop\"}\n\n"));
    }

    [Test]
    public async Task Leaves_with_0_though_idle_connections_are_open()
    {
        await using var gateway = await GatewayProcess.StartListeningAsync(Synthetic);
        using var fresh = await RawClient.ConnectAsync(gateway.EndPoint);
        using var idle = await RawClient.ConnectAsync(gateway.EndPoint);
        await idle.PostAsync(Samples.Request);

        await gateway.TerminateAsync();

        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
        await idle.ExpectEndAsync();
    }

    [Test]
    public async Task Finishes_a_running_stream_before_it_leaves()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.StreamAsync(goOn.Task, Samples.Events));
        await using var gateway = await GatewayProcess.StartListeningAsync(TestGateway.ConfigFor(provider));
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await client.ReadHeadAsync();

        await gateway.TerminateAsync();
        await gateway.LineAsync("\"stopping\"");
        goOn.SetResult();

        // Only a whole stream gets its last chunk.
        await client.ReadUntilAsync("\r\n0\r\n\r\n");
        await client.ExpectEndAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
        Assert.That(gateway.Output, Does.Contain("\"cut_connections\":0"));
    }

    [Test]
    public async Task Tells_the_streams_that_it_waits_no_longer_for()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(string.Concat(Samples.Events[..4]));
            await exchange.HangAsync();
        });
        await using var gateway = await GatewayProcess.StartListeningAsync(TestGateway.ConfigFor(provider, listener: "\"drain_seconds\": 0"));
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await client.ReadUntilAsync("content_block_delta");

        await gateway.TerminateAsync();

        Assert.That(await client.ReadUntilAsync("restarted.\"}}\n\n\r\n"), Does.Contain("event: error\n").And.Contain("overloaded_error").And.Not.Contain("message_stop"));
        await client.ExpectEndAsync(allowReset: true);
        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
        Assert.That(gateway.Output, Does.Contain("\"cut_connections\":1"));
    }

    [Test]
    public async Task Cuts_what_runs_at_a_second_signal()
    {
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.HangAsync());
        await using var gateway = await GatewayProcess.StartListeningAsync(TestGateway.ConfigFor(provider));
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);

        await gateway.TerminateAsync();
        await gateway.LineAsync("\"stopping\"");
        await gateway.TerminateAsync();

        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
        await client.ExpectEndAsync(allowReset: true);
    }

    [Test]
    public async Task Leaves_with_78_and_names_every_error_of_its_configuration()
    {
        await using var gateway = GatewayProcess.Start("""{ "default_provider": "nobody", "claude_gateway": { "prot": 1 } }""");

        Assert.That(await gateway.ExitAsync(), Is.EqualTo(78));
        Assert.That(gateway.Output, Does.Contain("nobody").And.Contain("prot").And.Contain("port"));
    }

    [Test]
    public async Task Leaves_with_2_when_the_command_line_is_wrong()
    {
        await using var gateway = GatewayProcess.Start(Synthetic, "--no-such-option");

        Assert.That(await gateway.ExitAsync(), Is.EqualTo(2));
        Assert.That(gateway.Output, Does.Contain("--no-such-option"));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "there are no such modes")]
    public async Task Leaves_with_78_when_others_can_read_its_keys()
    {
        await using var gateway = GatewayProcess.StartAfter(
            "umask 022; echo 0123456789abcdef > $GATEWAY_STATE_DIR/management.key", Synthetic);

        Assert.That(await gateway.ExitAsync(), Is.EqualTo(78));
        Assert.That(gateway.Output, Does.Contain($"chmod 600 {Path.Combine(gateway.StateDirectory, "management.key")}").And.Not.Contain("\"listening\""));
    }
}
