using System.Text;

namespace Gateway.Host.Cli.Output;

/// <summary>Rows of text in columns that stand under each other.</summary>
internal sealed class TextTable(params string[] headings)
{
    private const int Gap = 2;

    private readonly List<Cell[]> _rows = [];

    /// <summary>Adds a row; missing cells stay empty.</summary>
    public void Add(params Cell[] cells) => _rows.Add(cells);

    /// <summary>The table, a line a row.</summary>
    public string Text(bool hasColour)
    {
        List<Cell[]> all = [[.. headings.Select(heading => new Cell(heading, Ink.Bold))], .. _rows];
        var widths = headings.Select((_, column) => all.Max(row => column < row.Length ? row[column].Text.Length : 0)).ToArray();
        var text = new StringBuilder();
        foreach (var row in all)
        {
            var last = Array.FindLastIndex(row, cell => cell.Text.Length > 0);
            for (var column = 0; column <= last; column++)
            {
                var isLast = column == last;
                text.Append(row[column].Painted(hasColour)).Append(' ', isLast ? 0 : widths[column] - row[column].Text.Length + Gap);
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
