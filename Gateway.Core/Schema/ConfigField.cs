using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>One row of a table: a field's name, what may stand in it, and what it means.</summary>
/// <typeparam name="TSection">The record that the table fills.</typeparam>
internal abstract class ConfigField<TSection>(string name, string meaning)
{
    public string Name => name;

    public string Meaning => meaning;

    /// <summary>What may stand in it, in words.</summary>
    public abstract string Expected { get; }

    /// <summary>The words that may stand in it; empty where it is not a matter of words.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>It has fields of its own.</summary>
    public virtual bool IsSection => false;

    /// <summary>What an untouched section has there, as it would stand in the file.</summary>
    public abstract string Default(TSection untouched);

    /// <summary>The section with this field set; the section as it was if the value is refused.</summary>
    public abstract TSection Read(ConfigValue value, TSection section);

    /// <summary>Writes name and value; nothing where the section has no value.</summary>
    public abstract void Write(ConfigWriter writer, TSection section);

    /// <summary>Says in the words of JSON Schema what may stand in it: members of an object that is open.</summary>
    public abstract void Describe(Utf8JsonWriter schema, TSection untouched);

    /// <summary>What a text from outside JSON means in this field.</summary>
    public virtual JsonElement FromText(string text) => BareText.Quoted(text);
}

/// <summary>A row with its type: how the value gets into the record and out of it.</summary>
internal sealed class ConfigField<TSection, TValue>(
    string name, ConfigKind<TValue> kind, Func<TSection, TValue> get, Func<TSection, TValue, TSection> set, string meaning)
    : ConfigField<TSection>(name, meaning)
{
    public override string Expected => kind.Expected;

    public override IReadOnlyList<string> Words => kind.Words;

    public override string Default(TSection untouched) => kind.Show(get(untouched));

    public override TSection Read(ConfigValue value, TSection section) =>
        kind.TryRead(value, out var result) ? set(section, result) : section;

    public override void Write(ConfigWriter writer, TSection section)
    {
        if (get(section) is { } value)
        {
            writer.Json.WritePropertyName(Name);
            kind.Write(writer, value);
        }
    }

    public override void Describe(Utf8JsonWriter schema, TSection untouched)
    {
        kind.Describe(schema);
        if (BareText.Literal(Default(untouched)) is var value && kind.TryRead(Lone(value), out _))
        {
            schema.WritePropertyName("default"u8);
            value.WriteTo(schema);
        }
    }

    public override JsonElement FromText(string text) => kind.FromText(text);

    // Of no file: what is said about it goes nowhere.
    private static ConfigValue Lone(JsonElement value) => new(new ConfigReport("", default), value, JsonPath.Root, 0);
}
