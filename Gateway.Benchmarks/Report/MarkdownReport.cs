using System.Text;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Report;

/// <summary>The tables of some runs as Markdown.</summary>
internal static class MarkdownReport
{
    /// <summary>All of it.</summary>
    public static string Write(IReadOnlyList<LoadResult> runs)
    {
        var text = new StringBuilder("# Load runs\nTimes in microseconds.\n");
        foreach (var run in runs)
        {
            text.Append('\n').AppendLine(ReportText.Origin(run)).AppendLine();
            text.Append(TextTable.Markdown(ResultTable.Costs(run.Series), ResultTable.Words)).AppendLine();
            text.Append(TextTable.Markdown(ResultTable.Times(run.Series), ResultTable.Words));
            if (FaultTable.Of(run.Series) is { } faults)
            {
                text.AppendLine().Append(TextTable.Markdown(faults, FaultTable.Words));
            }

            text.Append(string.Concat(Saturation.Of(run.Series).Select(static line => $"\n{line}\n")));
            if (Ratio.Of(run.Series, Target.Gateway, Target.Direct) is { Count: > 0 } ratios)
            {
                text.AppendLine().Append(TextTable.Markdown(Ratio.Rows(ratios), words: 4));
            }

            if (Agreement.Of(run.Series) is { Count: > 0 } agreements)
            {
                text.AppendLine().Append(TextTable.Markdown(Agreement.Rows(agreements), words: 4));
            }

            if (ProfileTable.Of(run.Series) is { } profile)
            {
                text.AppendLine().Append(TextTable.Markdown(profile, ProfileTable.Words));
            }
        }

        return text.ToString();
    }
}
