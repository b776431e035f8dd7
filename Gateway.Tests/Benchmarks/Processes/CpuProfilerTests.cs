using Gateway.Benchmarks.Processes;

namespace Gateway.Tests.Benchmarks.Processes;

/// <summary>What another process spends its time on, where perf may look.</summary>
[Platform("Linux")]
internal sealed class CpuProfilerTests
{
    [SetUp]
    public void NeedPerf() => Assume.That(CpuProfiler.IsAvailable, "perf is not here, or may not look");

    [Test]
    public async Task Sees_that_a_process_writes_and_in_which_program()
    {
        await using var busy = await KeptProcess.StartAsync("dd", ["if=/dev/zero", "of=/dev/null", "bs=1"]);
        await using var profiler = await CpuProfiler.StartAsync([busy.Id]);
        Assert.That(profiler, Is.Not.Null);

        var ticks = LinuxClock.CpuNanoseconds(busy.Id);
        Assert.That(() => LinuxClock.CpuNanoseconds(busy.Id) - ticks, Is.AtLeast(100_000_000).After(20_000, 10), "it has run for a while");
        var shares = await profiler!.StopAsync();

        Assert.That(shares!.Sum(static one => one.Share), Is.EqualTo(1).Within(1e-9));
        Assert.That(shares!.Select(static one => one.Area), Has.Some.Matches("^kernel: ").Or.Some.EqualTo("dd"));
    }

    [Test]
    public async Task A_process_that_is_gone_is_not_looked_at() => Assert.That(await CpuProfiler.StartAsync([int.MaxValue]), Is.Null);
}
