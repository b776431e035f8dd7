using System.Globalization;
using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>An amount in dollars with up to six decimals; it means millionths of a dollar.</summary>
internal sealed class MoneyKind : ConfigKind<long>
{
    private const decimal Millionths = 1_000_000m;
    private const decimal Most = 100_000_000m;

    public override string Expected => "an amount in dollars from 0 to 100000000";

    public override bool TryRead(ConfigValue value, out long result)
    {
        result = 0;
        if (value.Json.ValueKind == JsonValueKind.Number && value.Json.TryGetDecimal(out var dollars) && dollars is >= 0 and <= Most)
        {
            result = (long)decimal.Round(dollars * Millionths);
            return true;
        }

        value.Refuse(Expected);
        return false;
    }

    public override string Show(long value) => (value / Millionths).ToString("0.######", CultureInfo.InvariantCulture);

    public override void Write(ConfigWriter writer, long value) => writer.Json.WriteNumberValue(value / Millionths);

    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteString("type"u8, "number"u8);
        schema.WriteNumber("minimum"u8, 0);
        schema.WriteNumber("maximum"u8, Most);
    }

    public override JsonElement FromText(string text) => BareText.Literal(text);
}
