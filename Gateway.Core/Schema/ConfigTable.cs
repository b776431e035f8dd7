using System.Collections;
using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>All fields of one section of the file. It drives the reader, the errors and the reference.</summary>
/// <typeparam name="TSection">The record that it fills; its own defaults are the defaults.</typeparam>
internal sealed class ConfigTable<TSection> : IEnumerable<ConfigField<TSection>>
{
    private readonly List<ConfigField<TSection>> _fields = [];

    public void Add<TValue>(
        string name, ConfigKind<TValue> kind, Func<TSection, TValue> get, Func<TSection, TValue, TSection> set, string meaning) =>
        _fields.Add(new ConfigField<TSection, TValue>(name, kind, get, set, meaning));

    /// <summary>A field that is a section with a table of its own.</summary>
    public void Add<TPart>(
        string name, ConfigTable<TPart> table, Func<TSection, TPart> get, Func<TSection, TPart, TSection> set, string meaning) =>
        _fields.Add(new SectionField<TSection, TPart>(name, table, get, set, meaning));

    /// <summary>Takes in the fields of a table that has grown out of this one.</summary>
    public void Add(ConfigTable<TSection> others) => _fields.AddRange(others._fields);

    /// <summary>Reads an object field by field. Unknown and doubled fields are errors.</summary>
    public TSection Read(ConfigValue value, TSection section)
    {
        if (!value.IsObject)
        {
            value.Refuse("an object");
            return section;
        }

        foreach (var (name, member) in value.Members())
        {
            if (_fields.Find(field => field.Name == name) is { } field)
            {
                section = field.Read(member, section);
            }
            else
            {
                member.Refuse("an unknown field", Spelling.Nearest(name, [.. _fields.Select(known => known.Name)]));
            }
        }

        return section;
    }

    /// <summary>Writes a section as it would stand in the file.</summary>
    public void Write(ConfigWriter writer, TSection section)
    {
        writer.Json.WriteStartObject();
        foreach (var field in _fields)
        {
            field.Write(writer, section);
        }

        writer.Json.WriteEndObject();
    }

    /// <summary>Says in the words of JSON Schema what may stand in it: members of an object that is open.</summary>
    public void Describe(Utf8JsonWriter schema, TSection untouched)
    {
        schema.WriteString("type"u8, "object"u8);
        schema.WriteStartObject("properties"u8);
        foreach (var field in _fields)
        {
            schema.WriteStartObject(field.Name);
            schema.WriteString("description"u8, field.Meaning);
            field.Describe(schema, untouched);
            schema.WriteEndObject();
        }

        schema.WriteEndObject();
        schema.WriteBoolean("additionalProperties"u8, false);
    }

    public IEnumerator<ConfigField<TSection>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
