using System.Net;
using System.Text;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Report;

/// <summary>Some runs as one page that needs nothing beside itself: no script, no font, no picture from elsewhere.</summary>
internal static class HtmlReport
{
    private const string Head =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>ClaudeGateway under load</title>
        <style>
        body { font: 15px/1.5 system-ui, sans-serif; color: #222; background: #fff; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2.5rem; }
        .origin, figcaption small { color: #666; font-size: .8rem; overflow-wrap: anywhere; }
        .table { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .8rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th, td { padding: .2rem .5rem; border-bottom: 1px solid #ddd; text-align: right; }
        .w { text-align: left; } .added td { color: #666; }
        figure { margin: 2rem 0; break-inside: avoid; } figcaption { margin-bottom: .5rem; } svg { display: block; max-width: 760px; } .panels { display: flex; flex-wrap: wrap; } .panels svg { flex: 0 0 290px; } svg text { font-family: system-ui, sans-serif; }
        </style>
        </head>
        <body>
        <h1>ClaudeGateway under load</h1>
        <p>Times in microseconds. The rounds of all sides were interleaved; “added” is a percentile minus the percentile of the direct run,
        not a percentile of differences. In the figures, what a side is above the direct run it adds, and whiskers reach
        from the least round to the greatest. CPU time is that of the proxy's
        process with its children.</p>

        """;

    /// <summary>The page.</summary>
    public static string Write(IReadOnlyList<LoadResult> runs)
    {
        string[] sides = [.. runs.SelectMany(static run => run.Series).Select(static one => one.Side).Distinct()];
        var page = new StringBuilder(Head);
        foreach (var run in runs)
        {
            page.Append($"<h2>{Escaped(string.Join(", ", run.Series.Select(static one => one.Workload).Distinct()))}</h2>\n<p class=\"origin\">{Escaped(ReportText.Origin(run))}</p>\n");
            AddTable(page, ResultTable.Costs(run.Series), ResultTable.Words);
            page.Append("<p>What a client waits, and what of that a side adds.</p>\n");
            AddTable(page, ResultTable.Times(run.Series), ResultTable.Words);
            if (FaultTable.Of(run.Series) is { } faults)
            {
                page.Append("<p>What went wrong.</p>\n");
                AddTable(page, faults, FaultTable.Words);
            }

            page.Append(string.Concat(Saturation.Of(run.Series).Select(static line => $"<p>{Escaped(line)}</p>\n")));
            if (Ratio.Of(run.Series, Target.Gateway, Target.Direct) is { Count: > 0 } ratios)
            {
                page.Append("<p>The gateway's figures as multiples of its peers', round by round: median, least and greatest.</p>\n");
                AddTable(page, Ratio.Rows(ratios), words: 4);
            }

            if (Agreement.Of(run.Series) is { Count: > 0 } agreements)
            {
                page.Append("<p>Mean times as the gateway told them in <code>server-timing</code> and on <code>/metrics</code>, and as its clients saw them.</p>\n");
                AddTable(page, Agreement.Rows(agreements), words: 4);
            }

            if (ProfileTable.Of(run.Series) is { } profile)
            {
                page.Append("<p>Where the CPU time goes: shares of a round of its own, times of the measured ones.</p>\n");
                AddTable(page, profile, ProfileTable.Words);
            }

            foreach (var figure in ReportFigure.Of(run, sides))
            {
                page.Append($"<figure>\n<figcaption>{Escaped(figure.Title)}<br><small>{Escaped(ReportText.Origin(figure.Run))}</small></figcaption>\n{figure.Svg}\n</figure>\n");
            }
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void AddTable(StringBuilder page, IReadOnlyList<IReadOnlyList<string>> rows, int words)
    {
        page.Append("<div class=\"table\"><table>\n");
        for (var i = 0; i < rows.Count; i++)
        {
            var cell = i == 0 ? "th" : "td";
            page.Append(ResultTable.IsAdded(rows[i]) ? "<tr class=\"added\">" : "<tr>");
            for (var column = 0; column < rows[i].Count; column++)
            {
                page.Append($"<{cell}{(column < words ? " class=\"w\"" : "")}>{Escaped(rows[i][column].Trim())}</{cell}>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</table></div>\n");
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
