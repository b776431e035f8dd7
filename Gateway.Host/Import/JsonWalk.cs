using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Host.Import;

/// <summary>Looks into files that nobody has checked: what is missing or of another kind is null.</summary>
internal static class JsonWalk
{
    public static string? Text(this JsonNode? node, string name) =>
        node is JsonObject members && members[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A number, also one that stands in quotes.</summary>
    public static int? Number(this JsonNode? node, string name) =>
        node is not JsonObject members || members[name] is not JsonValue value ? null
        : value.GetValueKind() == JsonValueKind.String ? int.TryParse(value.GetValue<string>(), out var written) ? written : null
        : value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) && Math.Abs(number) < int.MaxValue ? (int)number
        : value.TryGetValue<long>(out var whole) && Math.Abs(whole) < int.MaxValue ? (int)whole
        : null;

    /// <summary>The objects of a list.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonNode? node, string name) =>
        node is JsonObject members && members[name] is JsonArray items ? items.OfType<JsonObject>() : [];

    /// <summary>The texts of a list.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node, string name) =>
        node is JsonObject members && members[name] is JsonArray items ? TextsOf(items) : [];

    /// <summary>The texts of a list, whatever else is in it.</summary>
    public static IEnumerable<string> TextsOf(JsonArray items) =>
        items.OfType<JsonValue>().Where(item => item.GetValueKind() == JsonValueKind.String).Select(item => item.GetValue<string>());
}
