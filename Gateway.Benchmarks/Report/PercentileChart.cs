using Gateway.Benchmarks.Results;
using ScottPlot.TickGenerators;

namespace Gateway.Benchmarks.Report;

/// <summary>Distributions of times: percentiles to the right, each nine as wide as the one before; times upwards, logarithmic.</summary>
internal static class PercentileChart
{
    // 1 - 0.00001: what a run of seconds can still know.
    private const double MostNines = 5;

    /// <summary>One curve for each side, as far to the right as its times are many: of a hundred, 99 % is the last that is known.</summary>
    public static string Draw(IReadOnlyList<Series> series, Func<Series, (IReadOnlyList<CurvePoint> Curve, long Count)> times, IReadOnlyList<string> sides)
    {
        using var plot = Chart.New("percentile", "");
        var shown = new List<double>();
        var widest = 1.0;
        foreach (var one in series)
        {
            var (curve, count) = times(one);
            var last = Math.Clamp(Math.Log10(Math.Max(1, count)), 1, MostNines);
            widest = Math.Max(widest, last);
            var points = curve.Where(static point => point.Microseconds > 0).ToArray();
            double[] nines = [.. points.Select(point => Nines(point.Percentile, last))];
            double[] logarithms = [.. points.Select(static point => Math.Log10(point.Microseconds))];
            shown.AddRange(points.Select(static point => point.Microseconds));
            var line = plot.Add.ScatterLine(nines, logarithms, Palette.Of(one.Side, sides));
            line.LineWidth = 2;
            line.LegendText = one.Side;
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual([0, 0.30103, 1, 2, 3, 4, 5], ["0", "50", "90", "99", "99.9", "99.99", "99.999"]);
        Chart.UseLogarithmicTimes(plot, shown);
        plot.Axes.SetLimitsX(0, widest + 0.1);
        return Chart.FinishWithLegend(plot);
    }

    private static double Nines(double percentile, double last) => Math.Min(last, -Math.Log10(Math.Max(1e-9, 1 - (percentile / 100))));
}
