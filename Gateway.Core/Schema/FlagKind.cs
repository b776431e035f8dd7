using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>True or false.</summary>
internal sealed class FlagKind : ConfigKind<bool>
{
    public override string Expected => "true or false";

    public override bool TryRead(ConfigValue value, out bool result)
    {
        result = value.Json.ValueKind == JsonValueKind.True;
        if (result || value.Json.ValueKind == JsonValueKind.False)
        {
            return true;
        }

        value.Refuse(Expected);
        return false;
    }

    public override string Show(bool value) => value ? "true" : "false";

    public override void Write(ConfigWriter writer, bool value) => writer.Json.WriteBooleanValue(value);

    public override void Describe(Utf8JsonWriter schema) => schema.WriteString("type"u8, "boolean"u8);

    public override IReadOnlyList<string> Words => ["true", "false"];

    public override JsonElement FromText(string text) => BareText.Literal(text);
}
