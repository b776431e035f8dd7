using System.Net;
using System.Net.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Service;

/// <summary>A gateway that is replaced while clients come: none of them notices.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed class UpgradeProcessTests
{
    private static readonly int Upgrades = Size.Of("GATEWAY_UPGRADES", usual: 5);
    private static readonly int ServedBetween = Size.Of("GATEWAY_BETWEEN", usual: 40);

    [TestCase("epoll")]
    [TestCase("sockets")]
    public async Task Loses_no_connection_when_another_process_takes_over(string transport)
    {
        await using var gateway = await GatewayProcess.StartListeningAsync($$"""{ "claude_gateway": { "transport": "{{transport}}" } }""");
        var load = new SteadyLoad(gateway.EndPoint);
        var processes = new HashSet<int> { gateway.Id };
        for (var i = 0; i < Upgrades; i++)
        {
            await load.ServedAsync(ServedBetween);
            await gateway.UpgradeAsync();
            processes.Add(gateway.Id);
            await load.ServedAsync(ServedBetween);
        }

        var served = await load.StopAsync();
        await TestContext.Out.WriteLineAsync($"{served} connections in {Upgrades} upgrades");
        Assert.That(served, Is.GreaterThan(2 * Upgrades * ServedBetween - 1));
        Assert.That(processes, Has.Count.EqualTo(Upgrades + 1));
        Assert.That(gateway.Output, Does.Not.Contain("upgrade_failed").And.Not.Contain("\"cut_connections\":1"));
    }

    [Test]
    public async Task Loses_no_connection_when_it_is_restarted_on_a_socket_that_somebody_keeps()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen(1000);
        var load = new SteadyLoad((IPEndPoint)listening.LocalEndPoint!);
        for (var i = 0; i < Upgrades; i++)
        {
            await using var gateway = await GatewayProcess.StartListeningAsync("{}", listening);
            await load.ServedAsync(ServedBetween);
            await gateway.TerminateAsync();
            Assert.That(await gateway.ExitAsync(), Is.Zero, gateway.Output);
        }

        await using var last = await GatewayProcess.StartListeningAsync("{}", listening);
        Assert.That(await load.StopAsync(), Is.GreaterThan(Upgrades * ServedBetween - 1));
    }

    [Test]
    public async Task A_stream_ends_in_the_process_that_it_began_in_which_leaves_then()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new ScriptedProvider();
        provider.Next(exchange => exchange.StreamAsync(goOn.Task, Samples.Events));
        await using var gateway = await GatewayProcess.StartListeningAsync(TestGateway.ConfigFor(provider));
        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        await client.SendAsync("POST /anthropic/v1/messages", Samples.Request);
        await client.ReadHeadAsync();

        await gateway.UpgradeAsync();
        Assert.That(gateway.PredecessorRuns, "as long as its stream does");
        goOn.SetResult();

        await client.ReadUntilAsync("\r\n0\r\n\r\n");
        await client.ExpectEndAsync();
        Assert.That(await gateway.PredecessorExitAsync(), Is.Zero);
    }

    [Test]
    public async Task Goes_on_when_the_new_process_does_not_start()
    {
        await using var gateway = await GatewayProcess.StartListeningAsync("{}");
        await File.WriteAllTextAsync(gateway.ConfigFile, "{ no JSON");
        await gateway.SignalAsync("USR2");
        await gateway.LineAsync("\"upgrade_failed\"");

        using var client = await RawClient.ConnectAsync(gateway.EndPoint);
        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200));

        await File.WriteAllTextAsync(gateway.ConfigFile, "{}");
        await gateway.UpgradeAsync();
    }

    [Test]
    public async Task Refuses_a_socket_that_other_machines_can_reach_when_there_are_no_client_keys()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Any, 0));
        listening.Listen(1);
        await using var gateway = GatewayProcess.Start("{}", listening);
        Assert.That(await gateway.ExitAsync(), Is.EqualTo(78));
        Assert.That(gateway.Output, Does.Contain("other machines can reach"));
    }
}
