using System.Globalization;
using Gateway.Benchmarks.Load;

namespace Gateway.Benchmarks.Results;

/// <summary>Results as rows: each series, and below it what it adds to the one without anything in between. Times in microseconds.</summary>
internal static class ResultTable
{
    /// <summary>How many columns hold words.</summary>
    public const int Words = 3;

    /// <summary>The rows; the first is the head. Figures that no series has are left out.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(IReadOnlyList<Series> series)
    {
        var figures = Figure.All.Where(figure => series.Any(one => figure.Of(one.Whole) is not null)).ToArray();
        var rows = new List<IReadOnlyList<string>> { (string[])["workload", "side", "pace", .. figures.Select(static figure => figure.Title)] };
        foreach (var one in series)
        {
            rows.Add([one.Workload, one.Side, one.Pace, .. figures.Select(figure => Written(figure.Of(one.Whole)))]);
            if (one.Side != Target.Direct && series.FirstOrDefault(other => other.Side == Target.Direct && other.IsLike(one)) is { } direct)
            {
                rows.Add([one.Workload, "  added", one.Pace, .. figures.Select(figure => figure.IsTime ? Written(figure.Of(one.Whole) - figure.Of(direct.Whole)) : "")]);
            }
        }

        return rows;
    }

    /// <summary>A number with as many digits as mean something.</summary>
    public static string Written(double? value) => value switch
    {
        null => "-",
        > -100 and < 100 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
