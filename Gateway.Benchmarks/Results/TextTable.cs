using System.Text;

namespace Gateway.Benchmarks.Results;

/// <summary>Rows as text in columns.</summary>
internal static class TextTable
{
    /// <summary>For a terminal: words to the left, numbers to the right.</summary>
    /// <param name="rows">Rows of the same length; the first is the head.</param>
    /// <param name="words">How many columns hold words; they come first.</param>
    public static string Plain(IReadOnlyList<IReadOnlyList<string>> rows, int words)
    {
        var widths = Enumerable.Range(0, rows[0].Count).Select(i => rows.Max(row => row[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var line = string.Join("  ", row.Select((cell, i) => i < words ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])));
            text.AppendLine(line.TrimEnd());
        }

        return text.ToString();
    }

    /// <summary>For Markdown.</summary>
    /// <param name="rows">Rows of the same length; the first is the head.</param>
    /// <param name="words">How many columns hold words; they come first.</param>
    public static string Markdown(IReadOnlyList<IReadOnlyList<string>> rows, int words)
    {
        var text = new StringBuilder();
        text.AppendLine(Line(rows[0]));
        text.AppendLine(Line([.. rows[0].Select((_, i) => i < words ? "---" : "---:")]));
        foreach (var row in rows.Skip(1))
        {
            text.AppendLine(Line(row));
        }

        return text.ToString();
    }

    private static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(static cell => cell.Trim()))} |";
}
