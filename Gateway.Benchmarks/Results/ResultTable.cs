using System.Globalization;
using Gateway.Benchmarks.Load;

namespace Gateway.Benchmarks.Results;

/// <summary>Results as rows. Figures that no series has are left out. Times in microseconds.</summary>
internal static class ResultTable
{
    /// <summary>How many columns hold words.</summary>
    public const int Words = 3;

    // Below the side that it belongs to.
    private const string Added = "  added";

    /// <summary>What goes through and what it costs; the first row is the head.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Costs(IReadOnlyList<Series> series)
    {
        var figures = Shown(series, areTimes: false);
        return [Head(figures), .. series.Select(one => Row(one, one.Side, figures, figure => figure.Of(one.Whole)))];
    }

    /// <summary>What a client waits: each series, and below it what it adds to the one without anything in between.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Times(IReadOnlyList<Series> series)
    {
        var figures = Shown(series, areTimes: true);
        var rows = new List<IReadOnlyList<string>> { Head(figures) };
        foreach (var one in series)
        {
            rows.Add(Row(one, one.Side, figures, figure => figure.Of(one.Whole)));
            if (one.Side != Target.Direct && series.FirstOrDefault(other => other.Side == Target.Direct && other.IsLike(one)) is { } direct)
            {
                rows.Add(Row(one, Added, figures, figure => figure.Of(one.Whole) - figure.Of(direct.Whole)));
            }
        }

        return rows;
    }

    /// <summary>Whether a row of <see cref="Times"/> tells what the side above it adds.</summary>
    public static bool IsAdded(IReadOnlyList<string> row) => row[1] == Added;

    /// <summary>A number with as many digits as mean something.</summary>
    public static string Written(double? value) => value switch
    {
        null => "-",
        { } whole when double.IsInteger(whole) => whole.ToString("#,0", CultureInfo.InvariantCulture),
        > -10 and < 10 => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
        > -100 and < 100 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    private static Figure[] Shown(IReadOnlyList<Series> series, bool areTimes) =>
        [.. Figure.All.Where(figure => figure.IsTime == areTimes && series.Any(one => figure.Of(one.Whole) is { } value && (value != 0 || !figure.IsHiddenAtZero)))];

    private static IReadOnlyList<string> Head(Figure[] figures) => ["workload", "side", "pace", .. figures.Select(static figure => figure.Title)];

    private static IReadOnlyList<string> Row(Series series, string side, Figure[] figures, Func<Figure, double?> value) =>
        [series.Workload, side, series.Pace, .. figures.Select(figure => Written(value(figure)))];
}
