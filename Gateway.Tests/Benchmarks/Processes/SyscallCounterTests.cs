using System.Globalization;
using Gateway.Benchmarks.Processes;

namespace Gateway.Tests.Benchmarks.Processes;

/// <summary>Calls of another process, counted by whichever tool is here.</summary>
internal sealed class SyscallCounterTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly string _go = Path.Combine(Path.GetTempPath(), $"go-{Guid.NewGuid():N}");

    [TearDown]
    public void Forget() => File.Delete(_go);

    [TestCase("# started on Tue\n\n29,,raw_syscalls:sys_enter,100,100.00,,", 29)]
    [TestCase("% time     seconds\n------ ---\n100.00    0.000000           0       131         1 total", 131)]
    [TestCase("<not counted>,,raw_syscalls:sys_enter,0,0.00,,", null)]
    [TestCase("", null)]
    public void Reads_what_the_tools_write(string text, int? calls) =>
        Assert.That(SyscallCounter.Read(text.Split('\n')), Is.EqualTo((long?)calls));

    [Test, Platform("Linux")]
    public async Task Counts_the_calls_of_a_process_that_makes_some()
    {
        await using var busy = await KeptProcess.StartAsync("sh", ["-c", $"until [ -e {_go} ]; do sleep 0.01; done; echo went; sleep 1000"]);
        await using var counter = await SyscallCounter.StartAsync([busy.Id]);
        await File.WriteAllTextAsync(_go, "");
        _ = await busy.LineAsync("went", Longest);

        Assert.That(counter is null, Is.EqualTo(SyscallCounter.Tool is null), "it counts wherever there is a tool that may");
        Assert.That(counter is null ? 2 : await counter.StopAsync(), Is.AtLeast(2), "it has looked for the file and written a line");
    }

    [Test, Platform("Linux")]
    public async Task One_that_is_given_up_leaves_nothing_behind()
    {
        var before = Orphans();
        await using var busy = await KeptProcess.StartAsync("sleep", ["1000"]);
        for (var i = 0; i < 3; i++)
        {
            await using var counter = await SyscallCounter.StartAsync([busy.Id]);
        }

        Assert.That(() => Orphans().Except(before), Is.Empty.After((int)Longest.TotalMilliseconds, 20));
    }

    [Test, Platform("Linux")]
    public async Task A_process_that_is_gone_has_none() =>
        Assert.That(await SyscallCounter.StartAsync([int.MaxValue]), Is.Null);

    // Processes of a counter that nobody waits for any more.
    private static List<int> Orphans() =>
    [
        .. from folder in Directory.GetDirectories("/proc")
           let number = Path.GetFileName(folder)
           where number.All(char.IsAsciiDigit) && Read(folder, "cmdline").Contains("claude-gateway-look-", StringComparison.Ordinal)
           where Read(folder, "status").Contains("\nPPid:\t1\n", StringComparison.Ordinal)
           select int.Parse(number, CultureInfo.InvariantCulture),
    ];

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (IOException)
        {
            return ""; // it has just gone
        }
    }
}
