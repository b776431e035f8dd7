using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>An object with a table of its own.</summary>
/// <param name="table">Its fields.</param>
/// <param name="untouched">What holds before any field is read.</param>
internal sealed class TableKind<TSection>(ConfigTable<TSection> table, TSection untouched) : ConfigKind<TSection>
{
    public override string Expected => "an object";

    public override bool TryRead(ConfigValue value, out TSection result)
    {
        result = table.Read(value, untouched);
        return true;
    }

    public override string Show(TSection value) => "{}";

    public override void Write(ConfigWriter writer, TSection value) => table.Write(writer, value);

    public override void Describe(Utf8JsonWriter schema) => table.Describe(schema, untouched);
}
