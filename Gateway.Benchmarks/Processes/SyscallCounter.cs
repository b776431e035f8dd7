using System.Globalization;

namespace Gateway.Benchmarks.Processes;

/// <summary>Counts the system calls of processes for a while: with perf, or with strace where perf may not. Both slow what they look at.</summary>
internal sealed class SyscallCounter : IAsyncDisposable
{
    private const string Perf = "perf";
    private const string Strace = "strace";
    private const string Call = "raw_syscalls:sys_enter";

    private static readonly Lazy<string?> Available = new(Find);

    private readonly AttachedTool _tool;

    private SyscallCounter(AttachedTool tool) => _tool = tool;

    /// <summary>What counts here: <c>perf</c>, <c>strace</c>, or null for nothing.</summary>
    public static string? Tool => Available.Value;

    /// <summary>Begins to count; null where there is no <see cref="Tool"/>, or if it may not look at these processes, or does not come to.</summary>
    public static async Task<SyscallCounter?> StartAsync(IReadOnlyList<int> processes)
    {
        var tool = Tool switch
        {
            Perf => await AttachedTool.StartPerfAsync(["stat", "-x", ",", "-e", Call], processes),
            Strace => await AttachedTool.StartStraceAsync(["-c", "-f"], processes),
            _ => null,
        };
        return tool is null ? null : new SyscallCounter(tool);
    }

    /// <summary>Ends counting: the calls, or null if the tool did not tell.</summary>
    public async Task<long?> StopAsync()
    {
        if (Tool == Perf)
        {
            await _tool.StopAsync();
        }

        // strace counts up when it is told to end.
        await _tool.EndAsync();
        return File.Exists(_tool.Seen) ? Read(await File.ReadAllLinesAsync(_tool.Seen)) : null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _tool.DisposeAsync();

    /// <summary>Reads what a tool wrote.</summary>
    internal static long? Read(string[] lines)
    {
        foreach (var line in lines)
        {
            var columns = line.Split(line.Contains(',', StringComparison.Ordinal) ? ',' : ' ', StringSplitOptions.RemoveEmptyEntries);
            var calls = line.Contains(Call, StringComparison.Ordinal) ? columns[0]
                : columns is [.., "total"] && columns.Length >= 5 ? columns[3]
                : "";
            if (long.TryParse(calls, CultureInfo.InvariantCulture, out var count))
            {
                return count;
            }
        }

        return null;
    }

    private static string? Find() =>
        AttachedTool.Runs(Perf, "stat", "-e", Call, "true") ? Perf
        : AttachedTool.Runs(Strace, "-c", "-f", "true") ? Strace
        : null;
}
