using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>An object whose names the operator chooses, with values of one kind, in the order written.</summary>
/// <param name="names">What a name may be, in words.</param>
/// <param name="isName">Tells such names.</param>
/// <param name="item">What stands behind each.</param>
internal sealed class MapKind<TValue>(string names, Func<string, bool> isName, ConfigKind<TValue> item)
    : ConfigKind<IReadOnlyList<KeyValuePair<string, TValue>>>
{
    public override string Expected => $"an object from {names} to {item.Expected}";

    public override bool TryRead(ConfigValue value, out IReadOnlyList<KeyValuePair<string, TValue>> result)
    {
        var entries = new List<KeyValuePair<string, TValue>>();
        result = entries;
        if (!value.IsObject)
        {
            value.Refuse(Expected);
            return false;
        }

        foreach (var (name, place) in value.Members())
        {
            if (!isName(name))
            {
                place.Refuse($"the name {Glimpse.Of(name)}", names);
            }
            else if (item.TryRead(place, out var read))
            {
                entries.Add(new(name, read));
            }
        }

        return true;
    }

    public override string Show(IReadOnlyList<KeyValuePair<string, TValue>> value) =>
        value.Count == 0 ? "{}" : $"{{ {string.Join(", ", value.Select(entry => $"\"{entry.Key}\": {item.Show(entry.Value)}"))} }}";

    public override void Write(ConfigWriter writer, IReadOnlyList<KeyValuePair<string, TValue>> value)
    {
        writer.Json.WriteStartObject();
        foreach (var (name, entry) in value)
        {
            writer.Json.WritePropertyName(name);
            item.Write(writer, entry);
        }

        writer.Json.WriteEndObject();
    }

    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteString("type"u8, "object"u8);
        schema.WriteStartObject("additionalProperties"u8);
        item.Describe(schema);
        schema.WriteEndObject();
    }
}
