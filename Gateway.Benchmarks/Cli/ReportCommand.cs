using System.CommandLine;
using Gateway.Benchmarks.Report;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Cli;

/// <summary><c>report RESULT.json...</c>: results as a page for people, and as a table for a document.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var results = new Argument<string[]>("results") { Description = "Results of load or compare", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output", "-o") { Description = "The page; the table goes beside it, as Markdown", DefaultValueFactory = static _ => "report.html" };
        var command = new Command("report", "Draw results: one self-contained HTML page, and a table in Markdown") { results, output };
        command.SetAction(parsed =>
        {
            LoadResult[] runs = [.. parsed.GetValue(results)!.Select(ResultJson.Load)];
            var page = parsed.GetValue(output)!;
            var table = Path.ChangeExtension(page, ".md");
            File.WriteAllText(page, HtmlReport.Write(runs));
            File.WriteAllText(table, MarkdownReport.Write(runs));
            Console.WriteLine($"{page}\n{table}");
        });
        return command;
    }
}
