using Gateway.Host.Service;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Service;

[TestFixture]
[Platform("Linux")]
internal sealed class WatchdogFeederTests
{
    private readonly ManualTime _time = new();
    private NotifySocket _manager = null!;

    [SetUp]
    public void StartManager()
    {
        _manager = new NotifySocket();
        _manager.Environment["WATCHDOG_USEC"] = "30000000";
        _manager.Environment["WATCHDOG_PID"] = "7";
    }

    [TearDown]
    public void StopManager() => _manager.Dispose();

    [Test]
    public async Task Feeds_twice_in_each_period()
    {
        using var notifier = _manager.Connect();
        using var feeder = WatchdogFeeder.Start(_manager.Environment.GetValueOrDefault, 7, notifier, () => true, _time);
        _time.Advance(0);
        Assert.That(await _manager.MessageAsync(), Is.EqualTo("WATCHDOG=1"));
        _time.Advance(14_999);
        Assert.That(_manager.IsQuiet);
        _time.Advance(1);
        Assert.That(await _manager.MessageAsync(), Is.EqualTo("WATCHDOG=1"));
    }

    [Test]
    public async Task Starves_the_watchdog_while_the_process_hangs()
    {
        var isAlive = false;
        using var notifier = _manager.Connect();
        using var feeder = WatchdogFeeder.Start(_manager.Environment.GetValueOrDefault, 7, notifier, () => isAlive, _time);
        _time.Advance(15_000);
        Assert.That(_manager.IsQuiet);

        isAlive = true;
        _time.Advance(15_000);
        Assert.That(await _manager.MessageAsync(), Is.EqualTo("WATCHDOG=1"));
    }

    [TestCase("30000000", "8")]
    [TestCase("", "7")]
    [TestCase("0", "7")]
    [TestCase("-5", "7")]
    [TestCase("soon", "7")]
    public void Feeds_no_watchdog_that_is_none_or_another_process_s(string period, string owner)
    {
        _manager.Environment["WATCHDOG_USEC"] = period;
        _manager.Environment["WATCHDOG_PID"] = owner;
        using var notifier = _manager.Connect();
        using var feeder = WatchdogFeeder.Start(_manager.Environment.GetValueOrDefault, 7, notifier, () => true, _time);
        Assert.That(feeder, Is.Null);
    }
}
