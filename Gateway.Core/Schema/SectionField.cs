using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>A row that is a table of its own, read over what the section has there already.</summary>
internal sealed class SectionField<TSection, TPart>(
    string name, ConfigTable<TPart> table, Func<TSection, TPart> get, Func<TSection, TPart, TSection> set, string meaning)
    : ConfigField<TSection>(name, meaning)
{
    public override string Expected => "an object";

    public override bool IsSection => true;

    public override string Default(TSection untouched) => "{}";

    public override TSection Read(ConfigValue value, TSection section) => set(section, table.Read(value, get(section)));

    public override void Write(ConfigWriter writer, TSection section)
    {
        writer.Json.WritePropertyName(Name);
        table.Write(writer, get(section));
    }

    public override void Describe(Utf8JsonWriter schema, TSection untouched) => table.Describe(schema, get(untouched));
}
