using System.CommandLine;
using System.Globalization;
using Gateway.Benchmarks.Load;
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
        var fails = new Option<bool>("--fail-on-worse") { Description = "Exit with 1 if a figure of the gateway became worse, and with 2 if none of them could be compared" };
        var command = new Command("diff", "Compare two runs: a verdict only where the difference exceeds the spread of both") { before, after, all, fails };
        command.SetAction(parsed =>
        {
            var (earlier, later) = (ResultJson.Load(parsed.GetValue(before)!), ResultJson.Load(parsed.GetValue(after)!));
            var comparisons = Comparison.Of(earlier, later);
            Console.Out.Write(Text(earlier, later, comparisons, parsed.GetValue(all)));
            return parsed.GetValue(fails) ? ExitCode(comparisons) : 0;
        });
        return command;
    }

    /// <summary>What <c>--fail-on-worse</c> makes of it: only the gateway is on trial, neither the provider alone nor a peer.</summary>
    internal static int ExitCode(IReadOnlyList<Comparison> comparisons)
    {
        var ours = comparisons.Where(static one => Target.IsGateway(one.Series.Side)).ToArray();
        return Array.TrueForAll(ours, static one => one.Verdict is Verdict.Unlike or Verdict.TooFewRounds) ? BenchmarkCommandLine.Usage
            : Array.Exists(ours, static one => one.Verdict == Verdict.Worse) ? BenchmarkCommandLine.Failure
            : 0;
    }

    /// <summary>The table, and below it what makes it less than it looks.</summary>
    internal static string Text(LoadResult before, LoadResult after, IReadOnlyList<Comparison> comparisons, bool showsAll)
    {
        var rows = new List<IReadOnlyList<string>> { (string[])["workload", "pace", "side", "figure", "verdict", "before", "spread", "after", "spread", "ratio"] };
        rows.AddRange(comparisons.Where(one => showsAll || one.Verdict is Verdict.Better or Verdict.Worse).Select(Row));
        var open = comparisons.Count(static one => one.Verdict is not (Verdict.Better or Verdict.Worse));
        var text = TextTable.Plain(rows, words: 5);
        text += $"{open} of {comparisons.Count} figures are undecided: their difference is within the spread of the rounds, the direct run moved the same way, there are fewer than {Comparison.FewestRounds} rounds, or the runs are not alike.\n";
        return text + string.Concat(Likeness.Differences(before, after).Select(static line => line + "\n"));
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.TooFewRounds => "too few rounds",
        Verdict.MachineMoved => "machine moved",
        _ => verdict.ToString().ToLowerInvariant(),
    };

    private static IReadOnlyList<string> Row(Comparison one) =>
    [
        one.Series.Workload, one.Series.Pace, one.Series.Side, one.Figure.Title, Word(one.Verdict),
        ResultTable.Written(one.Earlier), ResultTable.Written(Comparison.Spread(one.Before)), ResultTable.Written(one.Later), ResultTable.Written(Comparison.Spread(one.After)),
        double.IsFinite(one.Ratio) ? one.Ratio.ToString("0.00", CultureInfo.InvariantCulture) : "-",
    ];
}
