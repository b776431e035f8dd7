using Gateway.Benchmarks.Results;
using ScottPlot.TickGenerators;

namespace Gateway.Benchmarks.Report;

/// <summary>Distributions of times: percentiles to the right, each nine as wide as the one before; times upwards, logarithmic.</summary>
internal static class PercentileChart
{
    // 1 - 0.00001: what a run of seconds can still know.
    private const double MostNines = 5;

    /// <summary>One curve for each side.</summary>
    public static string Draw(IReadOnlyList<Series> series, Func<Series, IReadOnlyList<CurvePoint>> curve, IReadOnlyList<string> sides)
    {
        using var plot = Chart.New("percentile", "");
        foreach (var one in series)
        {
            var points = curve(one).Where(static point => point.Microseconds > 0).ToArray();
            double[] nines = [.. points.Select(static point => Nines(point.Percentile))];
            double[] times = [.. points.Select(static point => Math.Log10(point.Microseconds))];
            var line = plot.Add.ScatterLine(nines, times, Palette.Of(one.Side, sides));
            line.LineWidth = 2;
            line.LegendText = one.Side;
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual([0, 1, 2, 3, 4, 5], ["0", "90", "99", "99.9", "99.99", "99.999"]);
        Chart.UseLogarithmicTimes(plot);
        plot.Axes.SetLimitsX(0, MostNines + 0.2);
        return Chart.Finish(plot);
    }

    private static double Nines(double percentile) => Math.Min(MostNines, -Math.Log10(Math.Max(1e-9, 1 - (percentile / 100))));
}
