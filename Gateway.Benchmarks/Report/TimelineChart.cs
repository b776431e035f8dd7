using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Report;

/// <summary>Delays as the run went on: seconds that counted to the right, times upwards, logarithmic.</summary>
internal static class TimelineChart
{
    /// <summary>For each side a line of medians, and dots for the 99th percentiles.</summary>
    public static string Draw(IReadOnlyList<Series> series, IReadOnlyList<string> sides)
    {
        using var plot = Chart.New("seconds that counted", "");
        var shown = new List<double>();
        foreach (var one in series)
        {
            var points = (one.Timeline ?? []).Where(static point => point.P50 > 0).ToArray();
            double[] seconds = [.. points.Select(static point => point.Seconds)];
            double[] medians = [.. points.Select(static point => Math.Log10(point.P50))];
            double[] tails = [.. points.Select(static point => Math.Log10(point.P99))];
            shown.AddRange(points.SelectMany(static point => (double[])[point.P50, point.P99]));
            var colour = Palette.Of(one.Side, sides);
            var line = plot.Add.ScatterLine(seconds, medians, colour);
            line.LineWidth = 2;
            line.LegendText = one.Side;
            var dots = plot.Add.ScatterPoints(seconds, tails, colour.WithAlpha(0.6));
            dots.MarkerSize = 5;
        }

        Chart.UseLogarithmicTimes(plot, shown);
        return Chart.FinishWithLegend(plot);
    }
}
