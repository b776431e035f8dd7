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
    public const int FewestRounds = 5;

    // Medians of the same differ by more than this many spreads once in some hundred times, however many rounds there are.
    private const double Spreads = 1.5;

    // Smaller differences are of no use to anybody, and some figures hardly have a spread.
    private const double LeastShare = 0.01;

    /// <summary>Later value as a multiple of the earlier one; not finite where that was 0.</summary>
    public double Ratio => Later / Earlier;

    /// <summary>The earlier run's value: the median of its rounds, or what went wrong of all that was asked.</summary>
    public double Earlier => Faults is { } faults ? Percent(faults.Before) : Median(Before);

    /// <summary>The later run's value.</summary>
    public double Later => Faults is { } faults ? Percent(faults.After) : Median(After);

    /// <summary>The same figure of the same load without anything in between, where there is one.</summary>
    public Comparison? Direct { get; init; }

    /// <summary>The two runs were made on the same machine and in the same way.</summary>
    public bool IsAlike { get; init; } = true;

    /// <summary>Of the share of faults: all that went wrong. Most rounds have none, so there is no median to speak of.</summary>
    public (FaultCount Before, FaultCount After)? Faults { get; init; }

    /// <summary>Better or worse only where the values are farther apart than those of either run among themselves.</summary>
    public Verdict Verdict => !IsAlike ? Verdict.Unlike
        : Faults is null && Math.Min(Before.Count, After.Count) < FewestRounds ? Verdict.TooFewRounds
        : !HasMoved ? Verdict.Undecided
        : Direct is { HasMoved: true } direct && direct.Sign == Sign ? Verdict.MachineMoved
        : Sign > 0 == Figure.MoreIsBetter ? Verdict.Better
        : Verdict.Worse;

    private bool HasMoved => Faults is { } faults ? faults.After.DiffersFrom(faults.Before)
        : Math.Abs(Later - Earlier) is var difference && difference > Spreads * Math.Max(Spread(Before), Spread(After)) && difference > LeastShare * Math.Abs(Earlier);

    private int Sign => Math.Sign(Later - Earlier);

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

    /// <summary>What the middle half of the values covers (interquartile range): it neither grows with their number nor minds one that is far off.</summary>
    internal static double Spread(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return Quantile(sorted, 0.75) - Quantile(sorted, 0.25);
    }

    private static List<Comparison> Pairs(LoadResult before, LoadResult after) =>
    [
        .. from later in after.Series
           from earlier in before.Series.Where(later.IsSameAs)
           from figure in Figure.All
           let old = Values(earlier, figure)
           let fresh = Values(later, figure)
           where old.Count > 0 && fresh.Count > 0
           select new Comparison(later, figure, old, fresh)
           {
               IsAlike = before.Machine.IsLike(after.Machine) && Likeness.AreAlike(earlier, later),
               Faults = figure.Title == Figure.Faults ? (FaultCount.Of(earlier.Whole), FaultCount.Of(later.Whole)) : null,
           },
    ];

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }

    private static double Percent(FaultCount count) => 100 * count.Share ?? 0;

    private static double Median(IReadOnlyList<double> values) => SeriesBuilder.Median(values.Select(static value => (double?)value))!.Value;

    private static List<double> Values(Series series, Figure figure) => [.. series.Rounds.Select(figure.Of).OfType<double>()];
}
