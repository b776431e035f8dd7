using System.ComponentModel;
using System.Diagnostics;

namespace Gateway.Benchmarks.Processes;

/// <summary>A tool of the system that looks at other processes until it is told to stop, and writes down what it saw.</summary>
internal sealed class AttachedTool : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    private readonly KeptProcess _process;
    private readonly DirectoryInfo _folder;
    private bool _hasEnded;

    private AttachedTool(KeptProcess process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>What it wrote; there may be none.</summary>
    public string Seen => SeenIn(_folder);

    private string Stopped => StoppedIn(_folder);

    /// <summary>Starts perf; null if it may not look at these processes, or does not come to.</summary>
    /// <param name="arguments">What to look at, and how.</param>
    /// <param name="processes">At whom.</param>
    public static Task<AttachedTool?> StartPerfAsync(IEnumerable<string> arguments, IReadOnlyList<int> processes) => StartAsync("perf", folder =>
        [.. arguments, "-o", SeenIn(folder), "-p", string.Join(',', processes), "--", "sh", "-c", WaitFor(StoppedIn(folder))]);

    /// <summary>Starts strace in the same way.</summary>
    public static Task<AttachedTool?> StartStraceAsync(IEnumerable<string> arguments, IReadOnlyList<int> processes) => StartAsync("strace", folder =>
        [.. arguments, "-o", SeenIn(folder), .. processes.SelectMany(static process => (string[])["-p", $"{process}"])]);

    /// <summary>Whether a command succeeds here, as a try whether a tool is there and may look.</summary>
    public static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Tells it to stop, and waits until what it saw is written.</summary>
    public async Task StopAsync()
    {
        await File.WriteAllTextAsync(Stopped, "");
        await _process.EndAsync(LongestEnd);
        await EndAsync();
    }

    /// <summary>Ends it as one that only ends when it is asked to, and waits until what it saw is written.</summary>
    public async ValueTask EndAsync()
    {
        if (!_hasEnded)
        {
            _hasEnded = true;
            await _process.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _folder.Delete(recursive: true);
    }

    private static string SeenIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "seen");

    private static string StoppedIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "stopped");

    private static async Task<AttachedTool?> StartAsync(string program, Func<DirectoryInfo, IEnumerable<string>> arguments)
    {
        var folder = RunFolder.Create("look");
#pragma warning disable CA2000 // what is returned owns it
        var tool = new AttachedTool(await KeptProcess.StartAsync(program, arguments(folder)), folder);
#pragma warning restore CA2000
        try
        {
            _ = await tool._process.LineAsync("attached", LongestStart);
            return tool;
        }
        catch (InvalidOperationException)
        {
            await tool.DisposeAsync();
            return null;
        }
    }

    // perf looks for as long as this runs. It goes with perf, which may be ended before it is told to stop.
    private static string WaitFor(string file) => $"echo attached; while kill -0 $PPID && [ ! -e '{file}' ]; do sleep 0.02; done 2> /dev/null";
}
