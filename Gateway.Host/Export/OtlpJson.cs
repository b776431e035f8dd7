using System.Globalization;
using System.Text.Json;
using Gateway.Host.Lifetime;

namespace Gateway.Host.Export;

/// <summary>What traces and metrics share of OTLP in JSON (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding"): 64-bit numbers are strings.</summary>
internal static class OtlpJson
{
    private const string Name = "claude-gateway";

    /// <summary>Opens a document up to the list of spans or metrics of the one scope.</summary>
    public static void Begin(Utf8JsonWriter json, string resources, string scopes, string items)
    {
        json.WriteStartObject();
        json.WriteStartArray(resources);
        json.WriteStartObject();
        json.WriteStartObject("resource"u8);
        json.WriteStartArray("attributes"u8);
        Attribute(json, "service.name"u8, Name);
        Attribute(json, "service.version"u8, ProductVersion.Text);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray(scopes);
        json.WriteStartObject();
        json.WriteStartObject("scope"u8);
        json.WriteString("name"u8, Name);
        json.WriteString("version"u8, ProductVersion.Text);
        json.WriteEndObject();
        json.WriteStartArray(items);
    }

    /// <summary>Closes what <see cref="Begin"/> opened.</summary>
    public static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Adds a text as an attribute.</summary>
    public static void Attribute(Utf8JsonWriter json, ReadOnlySpan<byte> key, ReadOnlySpan<char> value)
    {
        BeginAttribute(json, key);
        json.WriteString("stringValue"u8, value);
        EndAttribute(json);
    }

    /// <summary>Adds a text as an attribute, if there is one.</summary>
    public static void Attribute(Utf8JsonWriter json, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            BeginAttribute(json, key);
            json.WriteString("stringValue"u8, value);
            EndAttribute(json);
        }
    }

    /// <summary>Adds a number as an attribute, if it is known.</summary>
    public static void Attribute(Utf8JsonWriter json, ReadOnlySpan<byte> key, long value)
    {
        if (value >= 0)
        {
            BeginAttribute(json, key);
            Long(json, "intValue"u8, value);
            EndAttribute(json);
        }
    }

    /// <summary>Begins an attribute: its value's member follows.</summary>
    public static void BeginAttribute(Utf8JsonWriter json, ReadOnlySpan<byte> key)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WriteStartObject("value"u8);
    }

    /// <summary>Ends an attribute.</summary>
    public static void EndAttribute(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Adds a 64-bit number.</summary>
    public static void Long(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value) =>
        json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a time.</summary>
    public static void Time(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time) =>
        Long(json, name, (time - DateTimeOffset.UnixEpoch).Ticks * 100);
}
