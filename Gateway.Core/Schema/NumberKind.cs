using System.Globalization;
using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>A whole number in a range, both ends included.</summary>
internal sealed class NumberKind(int least, int most) : ConfigKind<int>
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    public override bool TryRead(ConfigValue value, out int result)
    {
        result = 0;
        if (value.Json.ValueKind == JsonValueKind.Number && value.Json.TryGetInt32(out result) && result >= least && result <= most)
        {
            return true;
        }

        value.Refuse(Expected);
        return false;
    }

    public override string Show(int value) => value.ToString(CultureInfo.InvariantCulture);

    public override void Write(ConfigWriter writer, int value) => writer.Json.WriteNumberValue(value);

    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteString("type"u8, "integer"u8);
        schema.WriteNumber("minimum"u8, least);
        schema.WriteNumber("maximum"u8, most);
    }

    public override JsonElement FromText(string text) => BareText.Literal(text);
}
