using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>Texts from environment and command line, as the JSON that they would be in the file.</summary>
internal static class BareText
{
    /// <summary>The text as a string.</summary>
    public static JsonElement Quoted(string text) => List([text])[0];

    /// <summary>A number or a flag, which stand without quotes; a string for what is neither.</summary>
    public static JsonElement Literal(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return Quoted(text);
        }
    }

    /// <summary>Strings with commas between them, or a list as the file would have it.</summary>
    public static JsonElement Listed(string text) =>
        text.StartsWith('[') ? Literal(text) : List(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static JsonElement List(string[] texts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            // Halves of surrogate pairs are no text, and would throw.
            writer.WriteStringValue(Encoding.UTF8.GetBytes(text));
        }

        writer.WriteEndArray();
        writer.Flush();
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
