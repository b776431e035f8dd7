using System.Globalization;
using System.Text;

namespace Gateway.Benchmarks.Results;

/// <summary>Results as a table for a terminal.</summary>
internal static class ResultTable
{
    private static readonly (string Title, Func<RoundResult, double?> Figure)[] Columns =
    [
        ("req/s", static whole => whole.RequestsPerSecond),
        ("CPU us/req", static whole => whole.CpuPerRequest),
        ("CPU us/event", static whole => whole.CpuPerEvent),
        ("RSS MB", static whole => whole.ResidentMegabytes),
        ("alloc B/req", static whole => whole.AllocatedPerRequest),
        ("head p50", static whole => whole.FirstByte?.P50),
        ("head p99", static whole => whole.FirstByte?.P99),
        ("p50", static whole => whole.Total?.P50),
        ("p90", static whole => whole.Total?.P90),
        ("p99", static whole => whole.Total?.P99),
        ("p99.9", static whole => whole.Total?.P999),
        ("max", static whole => whole.Total?.Max),
        ("event p50", static whole => whole.EventDelay?.P50),
        ("event p99", static whole => whole.EventDelay?.P99),
        ("retried p50", static whole => whole.Retried?.P50),
        ("retried p99", static whole => whole.Retried?.P99),
        ("faults", static whole => whole.Faults.Count == 0 ? null : whole.Faults.Values.Sum()),
    ];

    /// <summary>One row for each series; columns without a value are left out. Times in microseconds.</summary>
    public static string Of(IReadOnlyList<Series> series)
    {
        var columns = Columns.Where(column => series.Any(one => column.Figure(one.Whole) is not null)).ToArray();
        var rows = new List<string[]> { Enumerable.Concat(["workload", "side"], columns.Select(static column => column.Title)).ToArray() };
        rows.AddRange(series.Select(one =>
            Enumerable.Concat([one.Workload, one.Side], columns.Select(column => Written(column.Figure(one.Whole)))).ToArray()));
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin("  ", row.Select((cell, i) => i < 2 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).AppendLine();
        }

        return text.ToString();
    }

    private static string Written(double? value) => value switch
    {
        null => "-",
        < 100 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
