using Gateway.Host.Service;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Service;

/// <summary>What sd_notify(3) prescribes, word for word.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed class ServiceNotifierTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Each_state_is_one_message(bool isAbstract)
    {
        using var manager = new NotifySocket(isAbstract);
        var time = new ManualTime();
        time.Advance(1234);
        using var notifier = manager.Connect(time);

        notifier.Ready("Listening on 127.0.0.1:8080");
        Assert.That(await manager.MessageAsync(), Is.EqualTo("READY=1\nSTATUS=Listening on 127.0.0.1:8080"));
        notifier.Reloading();
        Assert.That(await manager.MessageAsync(), Is.EqualTo("RELOADING=1\nMONOTONIC_USEC=1234000"));
        notifier.Status("well");
        Assert.That(await manager.MessageAsync(), Is.EqualTo("STATUS=well"));
        notifier.Alive();
        Assert.That(await manager.MessageAsync(), Is.EqualTo("WATCHDOG=1"));
        notifier.MainProcess(42);
        Assert.That(await manager.MessageAsync(), Is.EqualTo("MAINPID=42"));
        notifier.Stopping("SIGTERM");
        Assert.That(await manager.MessageAsync(), Is.EqualTo("STOPPING=1\nSTATUS=SIGTERM"));
    }

    [Test]
    public async Task A_status_can_not_smuggle_in_another_assignment()
    {
        using var manager = new NotifySocket();
        using var notifier = manager.Connect();
        notifier.Status("a\nMAINPID=1\r\nb");
        Assert.That(await manager.MessageAsync(), Is.EqualTo("STATUS=a MAINPID=1 b"));
    }

    [Test]
    public void A_manager_that_is_gone_is_no_failure()
    {
        var manager = new NotifySocket();
        using var notifier = manager.Connect();
        manager.Dispose();
        Assert.That(() => notifier.Ready("well"), Throws.Nothing);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("@")]
    [TestCase("relative/path")]
    [TestCase("vsock:2:1234")]
    public void Without_a_socket_nothing_is_said(string? name)
    {
        using var notifier = new ServiceNotifier(_ => name, TimeProvider.System);
        Assert.That(notifier.HasManager, Is.False);
        Assert.That(() => notifier.Ready("well"), Throws.Nothing);
    }

    [Test]
    public void A_path_longer_than_the_kernel_takes_is_none()
    {
        using var notifier = new ServiceNotifier(_ => "/" + new string('x', 107), TimeProvider.System);
        Assert.That(notifier.HasManager, Is.False);
    }
}
