using System.CommandLine;
using Gateway.Benchmarks.Report;
using Gateway.Benchmarks.Results;

namespace Gateway.Benchmarks.Cli;

/// <summary><c>report RESULT.json...</c>: results as a page for people, and as a table for a document.</summary>
internal static class ReportCommand
{
    private const string Output = "--output";

    public static Command Create()
    {
        var results = new Argument<string[]>("results") { Description = "Results of load or compare", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>(Output, "-o") { Description = "The page; the table goes beside it, as Markdown", DefaultValueFactory = static _ => "report.html" };
        var command = new Command("report", "Draw results: one self-contained HTML page, and a table in Markdown") { results, output };
        command.SetAction(parsed =>
        {
            var (files, page) = (parsed.GetValue(results)!, parsed.GetValue(output)!);
            if (Refusal(files, page) is { } refusal)
            {
                Console.Error.WriteLine(refusal);
                return BenchmarkCommandLine.Usage;
            }

            LoadResult[] runs = [.. files.Select(ResultJson.Load)];
            File.WriteAllText(page, HtmlReport.Write(runs));
            File.WriteAllText(TableOf(page), MarkdownReport.Write(runs));
            Console.WriteLine($"{page}\n{TableOf(page)}");
            return 0;
        });
        return command;
    }

    /// <summary>Why a page can't be written; null if it can.</summary>
    internal static string? Refusal(IReadOnlyList<string> results, string page)
    {
        var table = TableOf(page);
        return page == table ? $"{Output}: {page} was given, where the table goes: a page is expected, as report.html"
            : results.FirstOrDefault(result => Path.GetFullPath(result) is var full && (full == Path.GetFullPath(page) || full == Path.GetFullPath(table))) is { } lost
                ? $"{Output}: {page} was given, which would replace {lost}: another name is expected"
            : OutputFile.Refusal(Output, page) ?? OutputFile.Refusal(Output, table);
    }

    private static string TableOf(string page) => Path.ChangeExtension(page, ".md");
}
