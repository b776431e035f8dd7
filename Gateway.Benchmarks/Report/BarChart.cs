using Gateway.Benchmarks.Results;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Gateway.Benchmarks.Report;

/// <summary>A figure of all sides under one load: a bar each, its value above it, and a whisker from the least round to the greatest.</summary>
internal static class BarChart
{
    private const int Width = 290;
    private const int Height = 260;
    private const double FewestBars = 3;

    /// <summary>Null where no side has the figure.</summary>
    public static string? Draw(IReadOnlyList<Series> load, Figure figure, IReadOnlyList<string> sides)
    {
        var shown = load.Where(one => figure.Of(one.Whole) is not null).ToArray();
        if (shown.Length == 0)
        {
            return null;
        }

        using var plot = Chart.New("", "");
        plot.Title($"{shown[0].Workload}, {shown[0].Pace}", size: 13);
        plot.Axes.Title.Label.Bold = false;
        var highest = 0.0;
        for (var i = 0; i < shown.Length; i++)
        {
            highest = Math.Max(highest, AddBar(plot, shown[i], figure, i, sides));
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual([.. shown.Select(static (one, i) => new Tick(i, one.Side))]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        var padding = Math.Max(0.7, (FewestBars - shown.Length) / 2);
        plot.Axes.SetLimits(-padding, shown.Length - 1 + padding, 0, highest > 0 ? highest * 1.2 : 1);
        return Chart.Finish(plot, Width, Height);
    }

    // Returns how high it reaches.
    private static double AddBar(Plot plot, Series one, Figure figure, int position, IReadOnlyList<string> sides)
    {
        var value = figure.Of(one.Whole)!.Value;
        var rounds = one.Rounds.Select(figure.Of).OfType<double>().Append(value).ToArray();
        plot.Add.Bar(new Bar { Position = position, Value = value, FillColor = Palette.Of(one.Side, sides), LineWidth = 0, Size = 0.7 });
        var (least, most) = (rounds.Min(), rounds.Max());
        if (most > least)
        {
            var whisker = plot.Add.Line(position, least, position, most);
            whisker.LineColor = Colors.Black.WithAlpha(0.7);
            whisker.LineWidth = 1.5f;
        }

        var text = plot.Add.Text(ResultTable.Written(value), position, most);
        text.Alignment = Alignment.LowerCenter;
        text.OffsetY = -3;
        text.LabelFontSize = 12;
        return most;
    }
}
