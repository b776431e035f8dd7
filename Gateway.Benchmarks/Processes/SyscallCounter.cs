using System.Diagnostics;
using System.Globalization;

namespace Gateway.Benchmarks.Processes;

/// <summary>Counts the system calls of processes for a while: with perf, or with strace where perf may not. Both slow what they look at.</summary>
internal sealed class SyscallCounter : IAsyncDisposable
{
    private const string Perf = "perf";
    private const string Strace = "strace";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);
    private static readonly Lazy<string?> Available = new(Find);

    private readonly KeptProcess _process;
    private readonly DirectoryInfo _folder;
    private bool _hasEnded;

    private SyscallCounter(KeptProcess process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>What counts here: <c>perf</c>, <c>strace</c>, or null for nothing.</summary>
    public static string? Tool => Available.Value;

    private string Counted => Path.Combine(_folder.FullName, "counted");

    private string Stopped => Path.Combine(_folder.FullName, "stopped");

    /// <summary>Begins to count; null where there is no <see cref="Tool"/>, or if it may not look at these processes, or does not come to.</summary>
    public static async Task<SyscallCounter?> StartAsync(IReadOnlyList<int> processes)
    {
        if (Tool is not { } tool)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("claude-gateway-calls-");
        var file = Path.Combine(folder.FullName, "counted");
        var stopped = Path.Combine(folder.FullName, "stopped");
        string[] command = tool == Perf
            ? ["stat", "-x", ",", "-e", "raw_syscalls:sys_enter", "-o", file, "-p", string.Join(',', processes), "--", "sh", "-c", WaitFor(stopped)]
            : ["-c", "-f", "-o", file, .. processes.SelectMany(static process => (string[])["-p", $"{process}"])];
#pragma warning disable CA2000 // what is returned owns it
        var process = await KeptProcess.StartAsync(tool, command);
        var counter = new SyscallCounter(process, folder);
#pragma warning restore CA2000
        try
        {
            _ = await process.LineAsync("attached", LongestStart);
            return counter;
        }
        catch (InvalidOperationException)
        {
            await counter.DisposeAsync();
            return null;
        }
    }

    /// <summary>Ends counting: the calls, or null if the tool did not tell.</summary>
    public async Task<long?> StopAsync()
    {
        await File.WriteAllTextAsync(Stopped, "");
        if (Tool == Perf)
        {
            await _process.EndAsync(LongestEnd);
        }

        // strace counts up when it is told to end.
        await EndAsync();
        return File.Exists(Counted) ? Read(await File.ReadAllLinesAsync(Counted)) : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _folder.Delete(recursive: true);
    }

    private async ValueTask EndAsync()
    {
        if (!_hasEnded)
        {
            _hasEnded = true;
            await _process.DisposeAsync();
        }
    }

    /// <summary>Reads what a tool wrote.</summary>
    internal static long? Read(string[] lines)
    {
        foreach (var line in lines)
        {
            var columns = line.Split(line.Contains(',', StringComparison.Ordinal) ? ',' : ' ', StringSplitOptions.RemoveEmptyEntries);
            var calls = line.Contains("raw_syscalls:sys_enter", StringComparison.Ordinal) ? columns[0]
                : columns is [.., "total"] && columns.Length >= 5 ? columns[3]
                : "";
            if (long.TryParse(calls, CultureInfo.InvariantCulture, out var count))
            {
                return count;
            }
        }

        return null;
    }

    // perf counts for as long as this runs. It goes with perf, which may be ended before it is told to stop.
    private static string WaitFor(string file) => $"echo attached; while kill -0 $PPID && [ ! -e '{file}' ]; do sleep 0.02; done 2> /dev/null";

    private static string? Find() =>
        Runs(Perf, "stat", "-e", "raw_syscalls:sys_enter", "true") ? Perf
        : Runs(Strace, "-c", "-f", "true") ? Strace
        : null;

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
