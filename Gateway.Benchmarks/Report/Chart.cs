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

    /// <summary>Makes the vertical axis logarithmic: its values are logarithms of microseconds, its labels are times.</summary>
    public static void UseLogarithmicTimes(Plot plot) => plot.Axes.Left.TickGenerator = new NumericAutomatic
    {
        IntegerTicksOnly = true,
        LabelFormatter = static exponent => Time(Math.Pow(10, exponent)),
        MinorTickGenerator = new LogMinorTickGenerator(),
    };

    /// <summary>Ends a figure: its legend, its margins, its text.</summary>
    public static string Finish(Plot plot)
    {
        plot.ShowLegend(Alignment.UpperLeft);
        plot.Legend.FontSize = 13;

        // It is put into a page: without the prologue, and as wide as the page allows.
        var svg = XDocument.Parse(plot.GetSvgXml(Width, Height)).Root!;
        svg.SetAttributeValue("viewBox", $"0 0 {Width} {Height}");
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

    private static string Digits(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
