using Gateway.Core.Admission;
using Gateway.Core.Telemetry;
using Gateway.Host.Lifetime;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Lifetime;

[TestFixture]
internal sealed class MemoryWatchTests
{
    [Test]
    public void Climbs_and_descends_the_ladder_and_says_so()
    {
        var time = new ManualTime();
        var load = new LoadState();
        var log = new RecordingLogSink();
        var share = 0.5;
        var seen = new List<double>();
        using var watch = new MemoryWatch(load, new GatewayEvents(log), time, seen.Add, () => share);

        foreach (var next in (double[])[0.5, 0.96, 0.96, 0.99, 0.5])
        {
            share = next;
            time.Advance(1_000);
        }

        Assert.That(seen, Is.EqualTo((double[])[0.96, 0.96, 0.99, 0.5]));
        Assert.That(log.Lines.Count(line => line.Contains("load_changed", StringComparison.Ordinal)), Is.EqualTo(3));
        Assert.That(load.Rung, Is.EqualTo(LoadRung.Normal));
    }

    [TestCase(0.99, 5, 4)]
    [TestCase(0.90, 30, 2)]
    public void What_nobody_uses_is_collected_again_and_again_until_there_is_room(double full, int looks, int collections)
    {
        var time = new ManualTime();
        var share = full;
        var collected = 0;
        using var watch = new MemoryWatch(new LoadState(), new GatewayEvents(new RecordingLogSink()), time, _ => { }, () => share, () => collected++);

        time.Advance(1_000);
        Assert.That(collected, Is.EqualTo(1), "at once");
        for (var i = 0; i < (collections - 1) * looks; i++)
        {
            time.Advance(1_000);
        }

        Assert.That(collected, Is.EqualTo(collections));
        share = 0.5;
        for (var i = 0; i < 100; i++)
        {
            time.Advance(1_000);
        }

        Assert.That(collected, Is.EqualTo(collections), "there is room");
    }
}
