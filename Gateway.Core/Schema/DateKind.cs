using System.Globalization;
using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>A day, which means its last moment in UTC, or a point in time.</summary>
internal sealed class DateKind : ConfigKind<DateTimeOffset?>
{
    private const string Day = "yyyy-MM-dd";

    public override string Expected => "a day such as 2027-01-31, or a time such as 2027-01-31T18:00:00Z";

    public override bool TryRead(ConfigValue value, out DateTimeOffset? result)
    {
        result = value.Json.ValueKind == JsonValueKind.String ? Parse(value.Json.GetString()!) : null;
        if (result is not null)
        {
            return true;
        }

        value.Refuse(Expected);
        return false;
    }

    public override string Show(DateTimeOffset? value) =>
        value is { } time ? $"\"{Format(time)}\"" : "none";

    public override void Write(ConfigWriter writer, DateTimeOffset? value) => writer.Json.WriteStringValue(Format(value!.Value));

    public override void Describe(Utf8JsonWriter schema) => schema.WriteString("type"u8, "string"u8);

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Parse(string text)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, Day, CultureInfo.InvariantCulture, Utc, out var day))
        {
            return day.AddDays(1).AddTicks(-1);
        }

        return text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time) ? time : null;
    }
}
