using System.Net;
using System.Text;
using Gateway.Tests.Host.Service;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Another configuration while the process runs, by every way in which it can come.</summary>
[TestFixture, Platform("Linux")]
internal sealed class ReloadTests
{
    private const string Open = """{ "claude_gateway": { "bind_address": "0.0.0.0" }, "clients": { "anna": { "key": "a-key-of-16-chars" } } }""";

    [Test]
    public async Task SIGHUP_takes_a_good_file_and_keeps_the_last_one_where_it_is_bad()
    {
        await using var gateway = await GatewayProcess.StartListeningAsync("{}");

        await ReplaceAsync(gateway, Attempts(7));
        await gateway.SignalAsync("HUP");
        await gateway.LineAsync("\"before\":\"3\",\"after\":\"7\"");
        await ReplaceAsync(gateway, Attempts(70));
        await gateway.SignalAsync("HUP");
        await gateway.LineAsync("\"config_rejected\"");

        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        Assert.That(await ConfigOfAsync(client), Does.Contain("\"max_attempts\": 7"));
    }

    [Test]
    public async Task SIGHUP_at_the_start_is_taken_as_soon_as_there_is_something_to_change()
    {
        for (var i = 0; i < 3; i++)
        {
            await using var gateway = GatewayProcess.Start("{}");
            await gateway.LineAsync("\"started\"");

            await File.WriteAllTextAsync(gateway.ConfigFile, Attempts(7));
            await gateway.SignalAsync("HUP");

            await gateway.LineAsync("\"before\":\"3\",\"after\":\"7\"");
        }
    }

    [Test]
    public async Task A_file_that_was_saved_is_read_by_itself_whether_written_or_renamed_over()
    {
        await using var gateway = await GatewayProcess.StartListeningAsync("{}");

        await File.WriteAllTextAsync(gateway.ConfigFile, Attempts(5));
        await gateway.LineAsync("\"before\":\"3\",\"after\":\"5\"");
        await ReplaceAsync(gateway, Attempts(6));
        await gateway.LineAsync("\"before\":\"5\",\"after\":\"6\"");
        await ReplaceAsync(gateway, "{ half a fi");
        await gateway.LineAsync("\"config_rejected\"");
        await ReplaceAsync(gateway, Attempts(8));
        await gateway.LineAsync("\"before\":\"6\",\"after\":\"8\"");
    }

    [Test]
    public async Task An_operator_who_asks_gets_every_error_and_whoever_follows_learns_of_each_change()
    {
        await using var gateway = await GatewayProcess.StartListeningAsync("{}");
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        using var watcher = await RawClient.ConnectAsync(gateway.EndPoint);
        await watcher.AskAsync("GET /events");
        await watcher.ReadUntilAsync(": still here");

        await ReplaceAsync(gateway, """{ "claude_gateway": { "prot": 1, "max_attempts": 70 } }""");
        var refused = await ReloadAsync(gateway, client);
        await ReplaceAsync(gateway, Attempts(4));
        var reloaded = await ReloadAsync(gateway, client);

        Assert.That((refused.Status, refused.Json.GetProperty("errors").GetArrayLength()), Is.EqualTo((422, 2)));
        Assert.That(refused.Json.GetProperty("errors")[0].GetProperty("path").GetString(), Is.EqualTo("$.claude_gateway.prot"));
        Assert.That((reloaded.Status, reloaded.Text), Is.EqualTo((200, """{"status":"reloaded","errors":[],"warnings":[]}""")));
        Assert.That(await watcher.ReadUntilAsync("event: config_changed\n"), Does.Contain("event: config_rejected\n").And.Contain("event: config_loaded\n"));
    }

    [Test]
    public async Task Clients_cannot_be_taken_away_from_a_gateway_that_other_machines_can_reach()
    {
        await using var gateway = await GatewayProcess.StartListeningAsync(Open);
        var here = new IPEndPoint(IPAddress.Loopback, gateway.EndPoint.Port);

        // Sound by itself: the next start would listen on loopback alone. This process does not.
        await ReplaceAsync(gateway, "{}");
        await gateway.SignalAsync("HUP");
        Assert.That(await gateway.LineAsync("\"config_rejected\""), Does.Contain("$.clients"));

        using var client = await RawClient.ConnectAsync(here);
        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(401));
        await client.AskAsync("GET /config");
        Assert.That((await client.ReadAsync()).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_running_stream_does_not_notice_and_the_new_patience_counts_at_the_end()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider();
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(string.Concat(Samples.Events[..4]));
            await goOn.Task.Soon();
            await exchange.SendChunkAsync(Samples.Events[4]);
            await exchange.HangAsync();
        });
        await using var gateway = await GatewayProcess.StartListeningAsync(TestGateway.ConfigFor(provider));
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await client.ReadUntilAsync("content_block_delta");

        await ReplaceAsync(gateway, TestGateway.ConfigFor(provider, listener: "\"drain_seconds\": 0"));
        await gateway.SignalAsync("HUP");
        await gateway.LineAsync("\"before\":\"300\",\"after\":\"0\"");
        goOn.SetResult();
        await client.ReadUntilAsync("content_block_stop");
        await gateway.TerminateAsync();

        Assert.That(await client.ReadUntilAsync("restarted"), Does.Contain("event: error\n"));
        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
    }

    [TestCase("epoll")]
    [TestCase("sockets")]
    public async Task A_hundred_files_good_and_bad_under_load_cost_no_request(string transport)
    {
        var reloads = Size.Of("GATEWAY_RELOADS", usual: 100);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider { Otherwise = exchange => exchange.StreamAsync(Samples.Events) };
        provider.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.SendChunkAsync(Samples.Events[0]);
            await goOn.Task;
            await exchange.SendChunkAsync(string.Concat(Samples.Events[1..]));
            await exchange.EndChunksAsync();
        });
        await using var gateway = await GatewayProcess.StartListeningAsync(Config(3));
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await client.ReadHeadAsync();

        var load = new SteadyLoad(gateway.EndPoint);
        for (int i = 0, attempts = 3; i < reloads; i++)
        {
            await load.ServedAsync(5);
            var isBad = i % 3 == 2;
            await ReplaceAsync(gateway, isBad ? "{ half a fi" : Config(7 - attempts));
            await gateway.SignalAsync("HUP");
            await gateway.LineAsync(isBad ? "\"config_rejected\"" : $"\"before\":\"{attempts}\",\"after\":\"{7 - attempts}\"");
            attempts = isBad ? attempts : 7 - attempts;
        }

        var served = await load.StopAsync();
        await TestContext.Out.WriteLineAsync($"{served} requests in {reloads} reloads");
        Assert.That(served, Is.GreaterThan((5 * reloads) - 1));
        goOn.SetResult();
        await client.ReadUntilAsync("\r\n0\r\n\r\n");
        await gateway.TerminateAsync();
        Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);

        string Config(int most) => TestGateway.ConfigFor(provider, listener: $"\"transport\": \"{transport}\", \"reactors\": 2, \"max_attempts\": {most}");
    }

    private static string Attempts(int most) => $$"""{ "claude_gateway": { "max_attempts": {{most}} } }""";

    // As editors and configuration management do it.
    private static async Task ReplaceAsync(GatewayProcess gateway, string text)
    {
        await File.WriteAllTextAsync(gateway.ConfigFile + ".new", text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(gateway.ConfigFile + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(gateway.ConfigFile + ".new", gateway.ConfigFile, overwrite: true);
    }

    private static async Task<RawResponse> ReloadAsync(GatewayProcess gateway, RawClient client)
    {
        var key = (await File.ReadAllTextAsync(Path.Combine(gateway.StateDirectory, "management.key"))).Trim();
        await client.SendAsync("POST /config/reload", Encoding.UTF8.GetBytes("{}"), "content-type: application/json", $"x-management-key: {key}");
        return await client.ReadAsync();
    }

    private static async Task<string> ConfigOfAsync(RawClient client)
    {
        await client.AskAsync("GET /config");
        return (await client.ReadAsync()).Text;
    }
}
