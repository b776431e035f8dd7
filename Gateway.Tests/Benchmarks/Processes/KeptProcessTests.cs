using Gateway.Benchmarks.Processes;

namespace Gateway.Tests.Benchmarks.Processes;

[Platform("Linux")]
internal sealed class KeptProcessTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    [Test]
    public async Task What_was_started_runs_until_it_is_let_go()
    {
        var process = await KeptProcess.StartAsync("sleep", ["1000"]);
        var folder = $"/proc/{process.Id}";
        Assert.That(Directory.Exists(folder), Is.True);
        await process.DisposeAsync();
        Assert.That(Directory.Exists(folder), Is.False);
    }

    [Test]
    public async Task What_does_not_want_to_end_is_made_to()
    {
        var process = await KeptProcess.StartAsync("sh", ["-c", "trap '' TERM; echo ready; while :; do :; done"]);
        _ = await process.LineAsync("ready", Longest);
        var folder = $"/proc/{process.Id}";
        await process.DisposeAsync();
        Assert.That(Directory.Exists(folder), Is.False);
    }

    [Test]
    public async Task What_ends_without_the_line_that_was_waited_for_says_what_it_said_instead()
    {
        await using var process = await KeptProcess.StartAsync("echo", ["it broke"]);
        Assert.That(() => process.LineAsync("listening", Longest), Throws.InvalidOperationException.With.Message.Contains("it broke"));
    }

    [Test]
    public async Task CPU_time_and_memory_of_a_process_are_read_from_outside()
    {
        await using var process = await KeptProcess.StartAsync("sh", ["-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo ready; while :; do :; done"]);
        _ = await process.LineAsync("ready", Longest);
        var group = new ProcessGroup(process.Id);
        Assert.Multiple(() =>
        {
            Assert.That(group.CpuNanoseconds(), Is.GreaterThan(0));
            Assert.That(group.ResidentBytes(), Is.GreaterThan(100_000));
        });
    }
}
