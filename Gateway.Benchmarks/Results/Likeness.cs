namespace Gateway.Benchmarks.Results;

/// <summary>Whether two runs were made alike: only then a difference between them is one of the gateway.</summary>
internal static class Likeness
{
    /// <summary>What is not alike, in lines; none if all is.</summary>
    public static IReadOnlyList<string> Differences(LoadResult before, LoadResult after) =>
    [
        .. before.Machine.IsLike(after.Machine) ? [] : (string[])[$"The machines differ: {before.Machine.Named} before, {after.Machine.Named} after."],
        .. (from later in after.Series
            from earlier in before.Series.Where(later.IsSameAs)
            where !AreAlike(earlier, later)
            select $"{later.Workload}, {later.Pace}: {Told(earlier)} before, {Told(later)} after.").Distinct(),
        .. Missing(before, after, "earlier"),
        .. Missing(after, before, "later"),
    ];

    /// <summary>Whether two series of the same load were made in the same way. What is not known is not alike.</summary>
    public static bool AreAlike(Series before, Series after) => before.Conditions is { } conditions && conditions == after.Conditions;

    private static string Told(Series series) => series.Conditions?.ToString() ?? "it is not told how it was made";

    private static IEnumerable<string> Missing(LoadResult run, LoadResult other, string which) =>
        from one in run.Series
        where !other.Series.Any(one.IsSameAs)
        group one.Side by (one.Workload, one.Pace) into load
        select $"{load.Key.Workload}, {load.Key.Pace}, {string.Join(" and ", load)}: only in the {which} run.";
}
