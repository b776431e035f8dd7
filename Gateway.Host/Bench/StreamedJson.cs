using System.Text.Json;

namespace Gateway.Host.Bench;

/// <summary>Reads JSON that a provider wrote, and that may be anything.</summary>
internal static class StreamedJson
{
    /// <summary>An object; false for everything else.</summary>
    public static bool TryParseObject(string text, out JsonElement json)
    {
        try
        {
            json = JsonElement.Parse(text);
            return json.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            json = default;
            return false;
        }
    }

    /// <summary>A member that is an object; one without members if there is none.</summary>
    public static JsonElement Object(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : default;

    /// <summary>A member that is text; null if there is none.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member that is a whole number.</summary>
    /// <param name="json">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">What counts if there is none.</param>
    public static long Whole(this JsonElement json, string name, long otherwise) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : otherwise;
}
