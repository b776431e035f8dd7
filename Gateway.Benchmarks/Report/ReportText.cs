using System.Globalization;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Report;

/// <summary>What stands below every figure and above every table: machine, versions, command, date.</summary>
internal static class ReportText
{
    /// <summary>One line.</summary>
    public static string Origin(LoadResult run)
    {
        var versions = string.Join(", ", run.Versions.Select(static one => one.Value.Contains(one.Key, StringComparison.OrdinalIgnoreCase) ? one.Value : $"{one.Key} {one.Value}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Date:yyyy-MM-dd HH:mm} UTC · {run.Machine.Cores} cores {run.Machine.Processor}, {run.Machine.MemoryMegabytes / 1_000} GB, {run.Machine.System}, load {run.Machine.LoadBefore:0.0} before · {versions}, {run.Machine.Runtime} · {run.Command}");
    }
}
