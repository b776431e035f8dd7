using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>Reads members of a document that may be of any kind: what is absent or of another kind is simply not there.</summary>
internal static class RequestJson
{
    /// <summary>A member of an object; the undefined element where there is none.</summary>
    public static JsonElement Member(JsonElement json, string name)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair: legal JSON that can't be compared with any text.
            return default;
        }
    }

    /// <summary>A member's text; null where it is none, empty where its bytes are legal JSON but no text.</summary>
    public static string? Text(JsonElement json, string name) => TextOf(Member(json, name));

    /// <summary>An element's text, by the same rule.</summary>
    public static string? TextOf(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>A member's number, if it is one of 32 bits.</summary>
    public static int? Number(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    /// <summary>True if a member is <c>true</c>.</summary>
    public static bool Is(JsonElement json, string name) => Member(json, name).ValueKind == JsonValueKind.True;

    /// <summary>A member's items; none where it is no list.</summary>
    public static List<JsonElement> Items(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    /// <summary>The <c>type</c> of a block, a tool or a choice.</summary>
    public static string? TypeOf(JsonElement json) => Text(json, "type");
}
