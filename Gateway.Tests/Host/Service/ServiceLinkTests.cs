using System.Net;
using Gateway.Core.Telemetry;
using Gateway.Host.Service;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Service;

[TestFixture]
[Platform("Linux")]
internal sealed class ServiceLinkTests
{
    private readonly RecordingLogSink _log = new();
    private NotifySocket _manager = null!;
    private ReactorSet _reactors = null!;

    [SetUp]
    public void Start()
    {
        _manager = new NotifySocket();
        _reactors = new ReactorSet(TransportKind.Auto, 1, TimeProvider.System);
    }

    [TearDown]
    public void Stop()
    {
        _reactors.Dispose();
        _manager.Dispose();
    }

    [Test]
    public async Task The_manager_learns_of_start_reload_and_end()
    {
        using var link = Link(TimeProvider.System);
        link.Ready("Listening on [::1]:1", () => { });
        Assert.That(await _manager.MessageAsync(), Is.EqualTo("READY=1\nSTATUS=Listening on [::1]:1"));
        link.Reload(() => { });
        Assert.That(await _manager.MessageAsync(), Does.StartWith("RELOADING=1\nMONOTONIC_USEC="));
        Assert.That(await _manager.MessageAsync(), Is.EqualTo("READY=1\nSTATUS=Listening on [::1]:1"));
        link.Stopping("SIGTERM");
        Assert.That(await _manager.MessageAsync(), Is.EqualTo("STOPPING=1\nSTATUS=Stopping: SIGTERM"));
    }

    [Test]
    public async Task The_watchdog_is_fed_as_long_as_the_reactors_turn()
    {
        _manager.Environment["WATCHDOG_USEC"] = "2000000";
        var time = new ManualTime();
        using var link = Link(time);
        link.Ready("well", () => { });
        await _manager.MessageAsync();
        time.Advance(0);
        Assert.That(await _manager.MessageAsync(), Is.EqualTo("WATCHDOG=1"));
    }

    [Test]
    public async Task A_program_that_can_not_be_started_changes_nothing()
    {
        var replaced = false;
        _reactors.Listen(new IPEndPoint(IPAddress.Loopback, 0), new ConnectionGate(1), static (_, _) => { });
        using var upgrade = new Upgrade(_reactors, new GatewayEvents(_log), TimeProvider.System, () => new("/nowhere/claude-gateway"));
        Assert.That(await upgrade.RunAsync(), Is.False, "nothing serves yet");
        Assert.That(_log.Lines, Is.Empty);

        upgrade.Begin(_ => replaced = true);
        Assert.That(await upgrade.RunAsync(), Is.False);
        Assert.That(_log.Lines.Single(), Does.Contain("upgrade_failed"));
        Assert.That(replaced, Is.False);
    }

    [Test]
    public async Task A_program_that_does_not_get_ready_in_time_is_ended()
    {
        var time = new ManualTime();
        using var upgrade = new Upgrade(_reactors, new GatewayEvents(_log), time, () => new("sleep", "600"));
        upgrade.Begin(static _ => { });
        var running = upgrade.RunAsync();
        while (!running.IsCompleted)
        {
            time.Advance(60_000);
            await Task.Yield();
        }

        Assert.That(await running, Is.False);
        Assert.That(_log.Lines.Last(), Does.Contain("upgrade_failed").And.Contain("60 s"));
    }

    private ServiceLink Link(TimeProvider time) =>
        new(_manager.Environment.GetValueOrDefault, _reactors, new GatewayEvents(_log), time);
}
