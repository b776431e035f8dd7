using System.CommandLine;
using System.Globalization;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Cli;

/// <summary><c>diff A.json B.json</c>: what changed between two runs, as far as they prove it.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var before = new Argument<string>("before") { Description = "Result of the earlier run" };
        var after = new Argument<string>("after") { Description = "Result of the later run" };
        var all = new Option<bool>("--all", "-a") { Description = "Show also what is undecided" };
        var fails = new Option<bool>("--fail-on-worse") { Description = "Exit with 1 if anything became worse" };
        var command = new Command("diff", "Compare two runs: a verdict only where the difference exceeds the spread of both") { before, after, all, fails };
        command.SetAction(parsed =>
        {
            var (earlier, later) = (ResultJson.Load(parsed.GetValue(before)!), ResultJson.Load(parsed.GetValue(after)!));
            var comparisons = Comparison.Of(earlier, later);
            Console.Out.Write(Text(earlier, later, comparisons, parsed.GetValue(all)));
            return parsed.GetValue(fails) && comparisons.Any(static one => one.Verdict == Verdict.Worse) ? 1 : 0;
        });
        return command;
    }

    /// <summary>The table, and below it what makes it less than it looks.</summary>
    internal static string Text(LoadResult before, LoadResult after, IReadOnlyList<Comparison> comparisons, bool showsAll)
    {
        var rows = new List<IReadOnlyList<string>> { (string[])["workload", "pace", "side", "figure", "verdict", "before", "spread", "after", "spread", "ratio"] };
        rows.AddRange(comparisons.Where(one => showsAll || one.Verdict is Verdict.Better or Verdict.Worse).Select(Row));
        var open = comparisons.Count(static one => one.Verdict is not (Verdict.Better or Verdict.Worse));
        var text = TextTable.Plain(rows, words: 5);
        text += $"{open} of {comparisons.Count} figures are undecided: their difference is within the spread of the rounds, the direct run moved the same way, or there are fewer than {Comparison.FewestRounds} rounds.\n";
        return before.Machine.IsLike(after.Machine) ? text : text + "The runs are from different machines: only ratios to the direct run of the same file mean anything.\n";
    }

    private static IReadOnlyList<string> Row(Comparison one) =>
    [
        one.Series.Workload, one.Series.Pace, one.Series.Side, one.Figure.Title, one.Verdict.ToString().ToLowerInvariant(),
        ResultTable.Written(SeriesBuilder.Median(one.Before.Select(static value => (double?)value))), ResultTable.Written(Comparison.Spread(one.Before)),
        ResultTable.Written(SeriesBuilder.Median(one.After.Select(static value => (double?)value))), ResultTable.Written(Comparison.Spread(one.After)),
        one.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
    ];
}
