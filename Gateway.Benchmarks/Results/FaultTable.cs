namespace Gateway.Benchmarks.Results;

/// <summary>What went wrong on each side, the commonest first, as rows.</summary>
internal static class FaultTable
{
    /// <summary>How many columns hold words.</summary>
    public const int Words = 4;

    private const int MostReasons = 5;

    /// <summary>The rows; the first is the head. Null if nothing went wrong.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Of(IReadOnlyList<Series> series)
    {
        var faulty = series.Where(static one => one.Whole.Faults.Count > 0).ToArray();
        return faulty.Length == 0 ? null
            : [["workload", "side", "pace", "what went wrong", "requests", "of all %"], .. faulty.SelectMany(static one => Commonest(one.Whole.Faults).Select(fault => Row(one, fault)))];
    }

    private static IEnumerable<(string What, long Count)> Commonest(IReadOnlyDictionary<string, long> faults)
    {
        var sorted = faults.OrderByDescending(static fault => fault.Value).ThenBy(static fault => fault.Key, StringComparer.Ordinal).Select(static fault => (fault.Key, fault.Value)).ToArray();
        return sorted.Length <= MostReasons ? sorted
            : sorted.Take(MostReasons).Append(($"{sorted.Length - MostReasons} other reasons", sorted.Skip(MostReasons).Sum(static fault => fault.Value)));
    }

    private static IReadOnlyList<string> Row(Series series, (string What, long Count) fault)
    {
        var all = FaultCount.Of(series.Whole);
        return [series.Workload, series.Side, series.Pace, fault.What, ResultTable.Written(fault.Count), ResultTable.Written(100.0 * fault.Count / (all.Faults + all.Answers))];
    }
}
