using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>Makes up the smallest JSON that fits a schema: required members, first choices, least values.</summary>
/// <remarks>JSON Schema 2020-12 as far as structured outputs and tools use it; patterns and conditions are not read. Its
/// work is bounded, whatever the schema refers to.</remarks>
internal sealed class SchemaSample
{
    private const int MostValues = 500;
    private const int MostMembers = 200;
    private const int MostDepth = 32;
    private const int MostItems = 8;
    private const int MostBytes = 64 * 1024;

    private readonly JsonElement _root;
    private readonly string _text;
    private readonly Utf8JsonWriter _json;
    private int _values;

    private SchemaSample(JsonElement root, string text, Utf8JsonWriter json)
    {
        _root = root;
        _text = text;
        _json = json;
    }

    /// <summary>One value as JSON text.</summary>
    /// <param name="schema">The schema; an empty object is given where there is none.</param>
    /// <param name="text">What strings say, where they are free.</param>
    public static string Of(JsonElement schema, string text)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, SyntheticMessage.Options);
        var sample = new SchemaSample(schema, text, json);
        if (schema.ValueKind == JsonValueKind.Object)
        {
            sample.Value(schema, 0);
        }
        else
        {
            sample.Members(schema, 0);
        }

        json.Flush();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private void Value(JsonElement schema, int depth)
    {
        if (depth > MostDepth || ++_values > MostValues || _json.BytesCommitted + _json.BytesPending > MostBytes)
        {
            _json.WriteNullValue();
        }
        else if (Given(schema) is { ValueKind: not JsonValueKind.Undefined } given)
        {
            given.WriteTo(_json);
        }
        else if (Elsewhere(schema) is { ValueKind: JsonValueKind.Object } other)
        {
            Value(other, depth + 1);
        }
        else
        {
            OfType(schema, depth);
        }
    }

    private static JsonElement Given(JsonElement schema)
    {
        var constant = RequestJson.Member(schema, "const");
        var choices = RequestJson.Member(schema, "enum");
        return constant.ValueKind != JsonValueKind.Undefined ? constant
            : choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0 ? choices[0]
            : RequestJson.Member(schema, "default");
    }

    private JsonElement Elsewhere(JsonElement schema)
    {
        if (RequestJson.Text(schema, "$ref") is { } reference)
        {
            return reference.TrimStart('#').Split('/', 8, StringSplitOptions.RemoveEmptyEntries).Aggregate(_root, RequestJson.Member);
        }

        foreach (var combination in (ReadOnlySpan<string>)["anyOf", "oneOf", "allOf"])
        {
            var choices = RequestJson.Member(schema, combination);
            if (choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0)
            {
                return choices[0];
            }
        }

        return default;
    }

    private void OfType(JsonElement schema, int depth)
    {
        switch (TypeOf(schema))
        {
            case "object":
                Members(schema, depth);
                break;
            case "array":
                Items(schema, depth);
                break;
            case "integer" or "number":
                Least(schema);
                break;
            case "boolean":
                _json.WriteBooleanValue(false);
                break;
            case "null":
                _json.WriteNullValue();
                break;
            default:
                _json.WriteStringValue(Words(schema));
                break;
        }
    }

    private static string? TypeOf(JsonElement schema)
    {
        var types = RequestJson.Member(schema, "type");
        return types.ValueKind == JsonValueKind.Array && types.GetArrayLength() > 0 ? RequestJson.TextOf(types[0])
            : RequestJson.TextOf(types) ?? (RequestJson.Member(schema, "properties").ValueKind == JsonValueKind.Object ? "object" : null);
    }

    private void Members(JsonElement schema, int depth)
    {
        var required = RequestJson.Items(schema, "required").Take(MostMembers).Select(RequestJson.TextOf).OfType<string>().ToHashSet();
        var properties = RequestJson.Member(schema, "properties");
        _json.WriteStartObject();
        if (properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in required)
            {
                _json.WritePropertyName(name);
                Value(RequestJson.Member(properties, name), depth + 1);
            }
        }

        _json.WriteEndObject();
    }

    private void Items(JsonElement schema, int depth)
    {
        _json.WriteStartArray();
        for (var i = Math.Min(RequestJson.Number(schema, "minItems") ?? 0, MostItems); i > 0; i--)
        {
            Value(RequestJson.Member(schema, "items"), depth + 1);
        }

        _json.WriteEndArray();
    }

    private void Least(JsonElement schema)
    {
        var least = RequestJson.Number(schema, "minimum") ?? (RequestJson.Number(schema, "exclusiveMinimum") + 1) ?? 0;
        _json.WriteNumberValue(Math.Min(least, RequestJson.Number(schema, "maximum") ?? int.MaxValue));
    }

    private string Words(JsonElement schema) => RequestJson.Text(schema, "format") switch
    {
        "date-time" => "2026-01-01T00:00:00Z",
        "date" => "2026-01-01",
        "time" => "00:00:00Z",
        "uri" => "https://example.invalid/",
        "email" => "nobody@example.invalid",
        "uuid" => Guid.Empty.ToString("D", CultureInfo.InvariantCulture),
        _ => Fit(RequestJson.Number(schema, "minLength") ?? 0, RequestJson.Number(schema, "maxLength") ?? int.MaxValue),
    };

    private string Fit(int least, int most) =>
        SyntheticText.Cut(_text, Math.Max(0, most)).PadRight(Math.Min(Math.Max(0, least), MostMembers), '.');
}
