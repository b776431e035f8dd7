using System.Text;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Cli;

/// <summary>What a run found, for a terminal.</summary>
internal static class LoadText
{
    /// <summary>The tables, and what makes them less than they look.</summary>
    /// <param name="series">What was measured.</param>
    /// <param name="comparesPeers">Whether peers were asked for.</param>
    /// <param name="counter">What counts system calls here; null for nothing.</param>
    public static string Of(IReadOnlyList<Series> series, bool comparesPeers, string? counter)
    {
        var text = new StringBuilder(TextTable.Plain(ResultTable.Costs(series), ResultTable.Words));
        text.Append("\nWhat a client waits, in microseconds:\n").Append(TextTable.Plain(ResultTable.Times(series), ResultTable.Words));
        if (FaultTable.Of(series) is { } faults)
        {
            text.Append("\nWhat went wrong:\n").Append(TextTable.Plain(faults, FaultTable.Words));
        }

        if (comparesPeers)
        {
            text.Append("\nThe gateway's figures as multiples of its peers', round by round:\n");
            text.Append(TextTable.Plain(Ratio.Rows(Ratio.Of(series, Target.Gateway, Target.Direct)), words: 4));
        }

        if (Agreement.Of(series) is { Count: > 0 } agreements)
        {
            text.Append("\nMean times as the gateway told them, and as the clients saw them:\n");
            text.Append(TextTable.Plain(Agreement.Rows(agreements), words: 4));
        }

        if (ProfileTable.Of(series) is { } profile)
        {
            text.Append("\nWhere the CPU time goes:\n").Append(TextTable.Plain(profile, ProfileTable.Words));
        }

        if (series.Any(static one => one.Workload == WorkloadCatalog.Failover && one.Side == Target.Gateway && one.Whole.Retried is null))
        {
            text.Append("\nfailover: no answer took more than one attempt. Conversations stay with the provider that answered them, and one that fails often is not asked: lower --share or --rate.\n");
        }

        AddRemarks(text, series);
        if (series.All(static one => one.Side == Target.Direct))
        {
            text.Append("\nNeither --gateway nor --target was given: this is the scripted provider alone.\n");
        }
        else if (series.Any(static one => one.Whole.Syscalls is not null))
        {
            text.Append($"\nSystem calls were counted with {counter}, in a round of their own.\n");
        }
        else if (counter is null)
        {
            text.Append("\nSystem calls were not counted: neither perf nor strace may look at other processes here.\n");
        }

        return text.ToString();
    }

    private static void AddRemarks(StringBuilder text, IReadOnlyList<Series> series)
    {
        foreach (var line in Saturation.Of(series))
        {
            text.Append('\n').Append(line).Append('\n');
        }

        foreach (var one in series.Where(static one => one.IsSilent))
        {
            var why = one.Whole.Faults.Count > 0 ? "all that was asked went wrong" : "none ended within a round: longer ones (--seconds) may have some";
            text.Append($"\n{one.Workload}, {one.Pace}, {one.Side}: no answer; {why}.\n");
        }
    }
}
