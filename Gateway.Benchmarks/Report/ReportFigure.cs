using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Report;

/// <summary>A figure with what it can't be read without.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Svg">The picture, or several side by side.</param>
/// <param name="Run">The run it comes from.</param>
internal sealed record ReportFigure(string Title, string Svg, LoadResult Run)
{
    /// <summary>All figures of a run.</summary>
    public static IEnumerable<ReportFigure> Of(LoadResult run, IReadOnlyList<string> sides)
    {
        foreach (var (figure, title) in ((string, string)[])[("CPU us/req", "CPU time per request, µs"), ("CPU us/event", "CPU time per event, µs"), ("calls/req", "system calls per request, counted in a round of their own"), ("req/s", "answers a second"), ("RSS MB", "resident memory, MB")])
        {
            var panels = run.Series.GroupBy(static one => (one.Workload, one.Pace))
                .Select(load => BarChart.Draw([.. load], Figure.All.Single(one => one.Title == figure), sides)).OfType<string>().ToArray();
            if (panels.Length > 0)
            {
                yield return new ReportFigure(title, $"<div class=\"panels\">{string.Concat(panels)}</div>", run);
            }
        }

        foreach (var load in run.Series.GroupBy(static one => (one.Workload, one.Pace)))
        {
            foreach (var figure in Distributions([.. load], $"{load.Key.Workload}, {load.Key.Pace}", run, sides))
            {
                yield return figure;
            }
        }

        foreach (var load in run.Series.Where(static one => one.Rate > 0).GroupBy(static one => one.Workload).Where(static load => load.DistinctBy(static one => one.Rate).Count() > 1))
        {
            yield return new ReportFigure($"{load.Key}: answers a second as the rate rises", RateChart.Throughput([.. load], sides), run);
            yield return new ReportFigure($"{load.Key}: the 99th percentile as the rate rises", RateChart.Times([.. load], sides), run);
        }
    }

    private static IEnumerable<ReportFigure> Distributions(Series[] load, string name, LoadResult run, IReadOnlyList<string> sides)
    {
        if (load.Any(static one => one.TotalCurve.Count > 1))
        {
            yield return new ReportFigure($"{name}: from the intended sending to the end of the answer", PercentileChart.Draw(load, static one => (one.TotalCurve, one.Whole.Total?.Count ?? 0), sides), run);
        }

        if (load.Any(static one => one.EventCurve.Count > 1))
        {
            yield return new ReportFigure($"{name}: from the provider's sending of an event to its arrival", PercentileChart.Draw(load, static one => (one.EventCurve, one.Whole.EventDelay?.Count ?? 0), sides), run);
        }

        if (load.Any(static one => one.Timeline?.Count > 1))
        {
            var what = load.Any(static one => one.EventCurve.Count > 0) ? "delay of events" : "whole time";
            yield return new ReportFigure($"{name}: {what} as the run went on; the median is a line, the 99th percentile dots", TimelineChart.Draw(load, sides), run);
        }
    }
}
