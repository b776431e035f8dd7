using System.Text.Json;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>Takes a configuration apart into values that stand on their own: a list of plain values is one.</summary>
internal static class ConfigLeaves
{
    /// <summary>All of them by their paths, in order.</summary>
    public static Dictionary<string, string> Of(string document)
    {
        using var json = JsonDocument.Parse(document);
        var leaves = new Dictionary<string, string>();
        Gather(JsonPath.Root, json.RootElement, leaves);
        return leaves;
    }

    public static bool IsLeaf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)),
        _ => true,
    };

    /// <summary>The parts of what is no leaf: the path of each, the part, and its name or index.</summary>
    public static IEnumerable<(string Path, JsonElement Part, ConfigStep Step)> PartsOf(string path, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Select(member => (JsonPath.Member(path, member.Name), member.Value, new ConfigStep(member.Name, 0)))
            : value.EnumerateArray().Select((item, index) => (JsonPath.Item(path, index), item, new ConfigStep(null, index)));

    /// <summary>A leaf on one line.</summary>
    public static string OnOneLine(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(item => item.GetRawText()))}]",
        JsonValueKind.Object => "{}",
        _ => value.GetRawText(),
    };

    private static void Gather(string path, JsonElement value, Dictionary<string, string> leaves)
    {
        if (IsLeaf(value))
        {
            leaves[path] = OnOneLine(value);
            return;
        }

        foreach (var (place, part, _) in PartsOf(path, value))
        {
            Gather(place, part, leaves);
        }
    }
}

/// <summary>From a value to one of its parts: by name in an object, by index in a list.</summary>
internal readonly record struct ConfigStep(string? Name, int Index)
{
    /// <summary>The part; undefined where there is none.</summary>
    public JsonElement Into(JsonElement value) =>
        Name is null
            ? value.ValueKind == JsonValueKind.Array && Index < value.GetArrayLength() ? value[Index] : default
            : value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Name, out var part) ? part : default;
}
