using Gateway.Benchmarks.Results;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Gateway.Benchmarks.Report;

/// <summary>A figure of all sides, workload by workload, with the spread of its rounds.</summary>
internal static class BarChart
{
    private const double Gap = 1;
    private const double FewestBars = 8;

    /// <summary>Null where no side has the figure.</summary>
    public static string? Draw(IReadOnlyList<Series> series, Figure figure, string title, IReadOnlyList<string> sides)
    {
        var shown = series.Where(one => figure.Of(one.Whole) is not null).ToArray();
        if (shown.Length == 0)
        {
            return null;
        }

        using var plot = Chart.New("", title);
        var ticks = new List<Tick>();
        var position = 0.0;
        foreach (var load in shown.GroupBy(static one => (one.Workload, one.Pace)))
        {
            var first = position;
            foreach (var one in load)
            {
                plot.Add.Bar(BarOf(one, figure, position, sides));
                position++;
            }

            ticks.Add(new Tick((first + position - 1) / 2, $"{load.Key.Workload}\n{load.Key.Pace}"));
            position += Gap;
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual([.. ticks]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Margins(bottom: 0, top: 0.25);
        var padding = Math.Max(Gap, (FewestBars - position) / 2);
        plot.Axes.SetLimitsX(-padding, position - Gap + padding);
        foreach (var side in shown.Select(static one => one.Side).Distinct())
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = side, FillColor = Palette.Of(side, sides) });
        }

        return Chart.Finish(plot);
    }

    private static Bar BarOf(Series one, Figure figure, double position, IReadOnlyList<string> sides)
    {
        var value = figure.Of(one.Whole)!.Value;
        var rounds = one.Rounds.Select(figure.Of).OfType<double>().DefaultIfEmpty(value).ToArray();
        return new Bar
        {
            Position = position,
            Value = value,
            Error = (rounds.Max() - rounds.Min()) / 2,
            FillColor = Palette.Of(one.Side, sides),
            LineColor = Colors.Black,
            LineWidth = 0.8f,
            Size = 0.9,
        };
    }
}
