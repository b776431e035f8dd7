using System.Globalization;
using System.Xml.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Gateway.Benchmarks.Report;

/// <summary>What all figures have in common.</summary>
internal static class Chart
{
    private const int Width = 760;
    private const int Height = 400;

    /// <summary>An empty plot.</summary>
    public static Plot New(string horizontal, string vertical)
    {
        var plot = new Plot();
        plot.Axes.Bottom.Label.Text = horizontal;
        plot.Axes.Left.Label.Text = vertical;
        foreach (var label in (LabelStyle[])[plot.Axes.Bottom.Label, plot.Axes.Left.Label])
        {
            label.Bold = false;
            label.FontSize = 13;
        }

        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.12);
        plot.FigureBackground.Color = Colors.White;
        return plot;
    }

    /// <summary>Makes the vertical axis logarithmic: its values are logarithms of microseconds, its labels are times, 1, 2 and 5 of each decade.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="microseconds">What it shows; the axis reaches from the label below the least to the one above the greatest.</param>
    public static void UseLogarithmicTimes(Plot plot, IReadOnlyList<double> microseconds)
    {
        var (least, most) = microseconds.Count == 0 ? (1, 10) : (microseconds.Min(), microseconds.Max());
        double[] labels = [.. Steps(Math.Floor(Math.Log10(least)), Math.Ceiling(Math.Log10(most)))];
        var (bottom, top) = (labels.Last(step => step <= least), labels.First(step => step >= most));
        if (bottom == top)
        {
            (bottom, top) = (bottom / 2, top * 2);
        }

        // Where there are many decades, their beginnings are enough.
        var isLong = top / bottom > 2_000;
        var shown = labels.Where(step => step >= bottom && step <= top && (!isLong || double.IsInteger(Math.Round(Math.Log10(step), 6)))).ToArray();
        plot.Axes.Left.TickGenerator = new NumericManual([.. shown.Select(static step => new Tick(Math.Log10(step), Time(step)))]);
        plot.Axes.SetLimitsY(Math.Log10(bottom), Math.Log10(top));
    }

    /// <summary>Ends a figure with a legend.</summary>
    public static string FinishWithLegend(Plot plot)
    {
        plot.ShowLegend(Edge.Top);
        plot.Legend.FontSize = 13;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.Padding = new PixelPadding(2);
        plot.Legend.Margin = new PixelPadding(2);
        return Finish(plot, Width, Height);
    }

    /// <summary>Ends a figure: its frame, its size, its text.</summary>
    public static string Finish(Plot plot, int width, int height)
    {
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;

        // It is put into a page: without the prologue, and as wide as the page allows.
        var svg = XDocument.Parse(plot.GetSvgXml(width, height)).Root!;
        svg.SetAttributeValue("viewBox", $"0 0 {width} {height}");
        svg.SetAttributeValue("width", "100%");
        svg.SetAttributeValue("height", null);
        return svg.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>A time with its unit.</summary>
    public static string Time(double microseconds) => microseconds switch
    {
        < 1_000 => $"{Digits(microseconds)} µs",
        < 1_000_000 => $"{Digits(microseconds / 1_000)} ms",
        _ => $"{Digits(microseconds / 1_000_000)} s",
    };

    // A decade more at each end: rounding may have put a value beyond it.
    private static IEnumerable<double> Steps(double firstDecade, double lastDecade)
    {
        for (var decade = firstDecade - 1; decade <= lastDecade + 1; decade++)
        {
            foreach (var digit in (double[])[1, 2, 5])
            {
                yield return digit * Math.Pow(10, decade);
            }
        }
    }

    private static string Digits(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
