using System.Text.RegularExpressions;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Deploy;

/// <summary>A table of a document, by the heading of its first column.</summary>
internal static partial class DocumentTable
{
    /// <summary>Its rows, cell by cell.</summary>
    public static IEnumerable<string[]> Rows(string document, string heading) =>
        SourceTree.Read(document).Split('\n')
            .SkipWhile(line => !line.StartsWith($"| {heading} |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    /// <summary>What a cell shows as code.</summary>
    public static IEnumerable<string> Names(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Code();
}
