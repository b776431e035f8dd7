using Gateway.Benchmarks.Results;
using ScottPlot;

namespace Gateway.Benchmarks.Report;

/// <summary>What a client waits at the 99th percentile, or what comes back, as the rate rises to saturation.</summary>
internal static class RateChart
{
    /// <summary>Answers a second against requests a second; the diagonal is where every request has its answer.</summary>
    public static string Throughput(IReadOnlyList<Series> series, IReadOnlyList<string> sides)
    {
        using var plot = Chart.New("requests a second that were sent", "answers a second");
        Draw(plot, series, sides, static one => one.Whole.RequestsPerSecond);
        var most = series.Max(static one => one.Rate);
        var ideal = plot.Add.Line(0, 0, most, most);
        ideal.LinePattern = LinePattern.Dotted;
        ideal.LineColor = Colors.Gray;
        return Chart.FinishWithLegend(plot);
    }

    /// <summary>The 99th percentile of whole times, logarithmic.</summary>
    public static string Times(IReadOnlyList<Series> series, IReadOnlyList<string> sides)
    {
        using var plot = Chart.New("requests a second that were sent", "");
        Draw(plot, series, sides, static one => Math.Log10(one.Whole.Total?.P99 ?? 1));
        Chart.UseLogarithmicTimes(plot, [.. series.Select(static one => one.Whole.Total?.P99 ?? 1)]);
        return Chart.FinishWithLegend(plot);
    }

    private static void Draw(Plot plot, IReadOnlyList<Series> series, IReadOnlyList<string> sides, Func<Series, double> figure)
    {
        foreach (var side in series.GroupBy(static one => one.Side))
        {
            var points = side.OrderBy(static one => one.Rate).ToArray();
            double[] rates = [.. points.Select(static one => one.Rate)];
            double[] values = [.. points.Select(figure)];
            var line = plot.Add.Scatter(rates, values, Palette.Of(side.Key, sides));
            line.LineWidth = 2;
            line.MarkerSize = 7;
            line.LegendText = side.Key;
        }
    }
}
