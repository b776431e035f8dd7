using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>A list of values of one kind.</summary>
internal sealed class ListKind<TValue>(ConfigKind<TValue> item) : ConfigKind<IReadOnlyList<TValue>>
{
    public override string Expected => $"a list, each item {item.Expected}";

    public override bool TryRead(ConfigValue value, out IReadOnlyList<TValue> result)
    {
        var items = new List<TValue>();
        result = items;
        if (value.Json.ValueKind != JsonValueKind.Array)
        {
            value.Refuse(Expected);
            return false;
        }

        foreach (var place in value.Items())
        {
            if (item.TryRead(place, out var read))
            {
                items.Add(read);
            }
        }

        return true;
    }

    public override string Show(IReadOnlyList<TValue> value) => $"[{string.Join(", ", value.Select(item.Show))}]";

    public override void Write(ConfigWriter writer, IReadOnlyList<TValue> value)
    {
        writer.Json.WriteStartArray();
        foreach (var entry in value)
        {
            item.Write(writer, entry);
        }

        writer.Json.WriteEndArray();
    }

    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteString("type"u8, "array"u8);
        schema.WriteStartObject("items"u8);
        item.Describe(schema);
        schema.WriteEndObject();
    }

    public override JsonElement FromText(string text) => BareText.Listed(text);
}
