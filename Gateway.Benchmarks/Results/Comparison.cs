using Gateway.Benchmarks.Load;

namespace Gateway.Benchmarks.Results;

/// <summary>One figure of one series in two runs.</summary>
/// <param name="Series">The series in the later run.</param>
/// <param name="Figure">Which figure.</param>
/// <param name="Before">Its values in the rounds of the earlier run.</param>
/// <param name="After">Its values in the rounds of the later run.</param>
internal sealed record Comparison(Series Series, Figure Figure, IReadOnlyList<double> Before, IReadOnlyList<double> After)
{
    /// <summary>Fewer rounds than this tell nothing about their spread.</summary>
    public const int FewestRounds = 3;

    /// <summary>Median of the later run as a multiple of the earlier one's; not a number where that was 0.</summary>
    public double Ratio => Median(After) / Median(Before);

    /// <summary>The same figure of the same load without anything in between, where there is one.</summary>
    public Comparison? Direct { get; init; }

    /// <summary>Better or worse only where the medians are farther apart than the values of either run among themselves.</summary>
    public Verdict Verdict => Math.Min(Before.Count, After.Count) < FewestRounds ? Verdict.TooFewRounds
        : !ExceedsSpread ? Verdict.Undecided
        : Direct is { ExceedsSpread: true } direct && direct.Sign == Sign ? Verdict.MachineMoved
        : Sign > 0 == Figure.MoreIsBetter ? Verdict.Better
        : Verdict.Worse;

    private bool ExceedsSpread => Math.Abs(Median(After) - Median(Before)) > Math.Max(Spread(Before), Spread(After));

    private int Sign => Math.Sign(Median(After) - Median(Before));

    /// <summary>Compares what is in both runs.</summary>
    public static IReadOnlyList<Comparison> Of(LoadResult before, LoadResult after)
    {
        var all = Pairs(before, after);
        return
        [
            .. all.Select(one => one.Series.Side == Target.Direct ? one : one with
            {
                Direct = all.FirstOrDefault(other => other.Series.Side == Target.Direct && other.Series.IsLike(one.Series) && other.Figure == one.Figure),
            }),
        ];
    }

    private static List<Comparison> Pairs(LoadResult before, LoadResult after) =>
    [
        .. from later in after.Series
           from earlier in before.Series.Where(later.IsSameAs)
           from figure in Figure.All
           let old = Values(earlier, figure)
           let fresh = Values(later, figure)
           where old.Count > 0 && fresh.Count > 0
           select new Comparison(later, figure, old, fresh),
    ];

    /// <summary>Largest minus smallest.</summary>
    internal static double Spread(IReadOnlyList<double> values) => values.Max() - values.Min();

    private static double Median(IReadOnlyList<double> values) => SeriesBuilder.Median(values.Select(static value => (double?)value))!.Value;

    private static List<double> Values(Series series, Figure figure) => [.. series.Rounds.Select(figure.Of).OfType<double>()];
}
