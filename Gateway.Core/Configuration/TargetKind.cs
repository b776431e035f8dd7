using System.Text.Json;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>A target as an object, or in short as <c>provider</c> or <c>provider/model</c>.</summary>
internal sealed class TargetKind : ConfigKind<TargetConfig>
{
    private static readonly ConfigTable<TargetConfig> Table = TargetFields.Table;

    public override string Expected => "\"provider\", \"provider/model\" or an object";

    public override bool TryRead(ConfigValue value, out TargetConfig result)
    {
        result = new TargetConfig();
        if (value.Json.ValueKind == JsonValueKind.String)
        {
            var (provider, model) = Split(value.Json.GetString()!);
            result = result with { Provider = provider, Model = model };
            return true;
        }

        if (!value.IsObject)
        {
            value.Refuse(Expected);
            return false;
        }

        result = Table.Read(value, result);
        if (result.Provider.Length == 0)
        {
            value.Field("provider").RefuseOnce("nothing", "the name of a provider");
        }

        return true;
    }

    public override string Show(TargetConfig value) => $"\"{value.Provider}{(value.Model is null ? "" : $"/{value.Model}")}\"";

    public override void Write(ConfigWriter writer, TargetConfig value) => Table.Write(writer, value);

    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("anyOf"u8);
        schema.WriteStartObject();
        schema.WriteString("type"u8, "string"u8);
        schema.WriteEndObject();
        schema.WriteStartObject();
        Table.Describe(schema, new TargetConfig());
        schema.WriteEndObject();
        schema.WriteEndArray();
    }

    // A provider's name has neither slash nor comma; a model's may have both.
    internal static (string Provider, string? Model) Split(string text)
    {
        var cut = text.AsSpan().IndexOfAny('/', ',');
        return cut < 0 ? (text, null) : (text[..cut], text[(cut + 1)..]);
    }
}
