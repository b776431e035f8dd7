using System.Text.Json;
using Gateway.Host.Cli.Output;

namespace Gateway.Host.Cli.Client;

/// <summary>A JSON answer as a table of names and values, for answers that have no table of their own.</summary>
internal static class JsonTable
{
    /// <summary>The table; the text itself if it is no JSON object.</summary>
    public static string Of(string text, bool hasColour)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var table = new TextTable("NAME", "VALUE");
            Add(table, "", json.RootElement);
            return table.Text(hasColour);
        }
        catch (JsonException)
        {
            return text.TrimEnd() + "\n";
        }
    }

    private static void Add(TextTable table, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Add(table, name.Length == 0 ? member.Name : $"{name}.{member.Name}", member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Add(table, $"{name}[{index}]", item);
                }

                break;
            default:
                table.Add(name, value.ToString());
                break;
        }
    }
}
