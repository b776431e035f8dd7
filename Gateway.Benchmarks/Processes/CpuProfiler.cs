using System.Diagnostics;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Processes;

/// <summary>Looks where processes are, a thousand times in each second that they run, with perf: it tells what their CPU time goes into.</summary>
internal sealed class CpuProfiler : IAsyncDisposable
{
    // The clock that virtual machines have, too. An odd rate does not fall into step with timers.
    private static readonly string[] Looking = ["record", "-e", "cpu-clock", "-F", "997", "-g"];
    private static readonly Lazy<bool> Available = new(static () => AttachedTool.Runs("perf", [.. Looking, "-o", "/dev/null", "true"]));

    private readonly AttachedTool _tool;

    private CpuProfiler(AttachedTool tool) => _tool = tool;

    /// <summary>Whether perf is here and may look.</summary>
    public static bool IsAvailable => Available.Value;

    /// <summary>Begins to look; null if perf may not look at these processes, or does not come to.</summary>
    public static async Task<CpuProfiler?> StartAsync(IReadOnlyList<int> processes) =>
        await AttachedTool.StartPerfAsync(Looking, processes) is { } tool ? new CpuProfiler(tool) : null;

    /// <summary>Ends looking: the share of each area, or null if perf did not tell.</summary>
    public async Task<IReadOnlyList<CpuShare>?> StopAsync()
    {
        await _tool.StopAsync();
        if (!File.Exists(_tool.Seen))
        {
            return null;
        }

        // Names of inlined functions are not asked for: they take perf minutes.
        using var reading = Process.Start(new ProcessStartInfo("perf", ["script", "-i", _tool.Seen, "--no-demangle", "--no-inline", "-F", "ip,sym,dso"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var complaints = reading.StandardError.ReadToEndAsync();
        var shares = StackReader.Read(reading.StandardOutput);
        await reading.WaitForExitAsync();
        await complaints;
        return reading.ExitCode == 0 && shares.Count > 0 ? shares : null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _tool.DisposeAsync();
}
