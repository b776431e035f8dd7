using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>A text that has a meaning of its own: an address, a URL, a pattern.</summary>
/// <param name="expected">In words.</param>
/// <param name="parse">Null for a text that means nothing.</param>
/// <param name="show">The text that means this.</param>
internal sealed class TextKind<TValue>(string expected, Func<string, TValue?> parse, Func<TValue, string> show) : ConfigKind<TValue?>
    where TValue : class
{
    public override string Expected => expected;

    public override bool TryRead(ConfigValue value, out TValue? result)
    {
        result = value.Json.ValueKind == JsonValueKind.String ? parse(value.Json.GetString()!) : null;
        if (result is not null)
        {
            return true;
        }

        value.Refuse(expected);
        return false;
    }

    public override string Show(TValue? value) => value is null ? "none" : $"\"{show(value)}\"";

    public override void Write(ConfigWriter writer, TValue? value) => writer.Json.WriteStringValue(show(value!));

    public override void Describe(Utf8JsonWriter schema) => schema.WriteString("type"u8, "string"u8);
}
