using System.Text.Json;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>The object from providers' names to their fields.</summary>
internal sealed class ProvidersKind : ConfigKind<IReadOnlyList<ProviderConfig>>
{
    public override string Expected => "an object from names to providers";

    public override bool TryRead(ConfigValue value, out IReadOnlyList<ProviderConfig> result)
    {
        var providers = new List<ProviderConfig>();
        result = providers;
        if (!value.IsObject)
        {
            value.Refuse(Expected);
            return false;
        }

        foreach (var (name, place) in value.Members())
        {
            var preset = place.Field("preset").Json is { ValueKind: JsonValueKind.String } named ? named.GetString()! : name;
            var start = ProviderPresets.Start(name, preset);
            var provider = ProviderRules.OwnPrices(ProviderFields.Table.Read(place, start), start);
            if (!IsName(name))
            {
                place.Refuse($"the name {Glimpse.Of(name)}", "a name of visible ASCII without slash, comma and quote");
            }
            else if (place.IsObject)
            {
                provider = ProviderRules.Apply(place, provider);
            }

            providers.Add(provider);
        }

        return true;
    }

    public override string Show(IReadOnlyList<ProviderConfig> value) => "{}";

    public override void Write(ConfigWriter writer, IReadOnlyList<ProviderConfig> value)
    {
        writer.Json.WriteStartObject();
        foreach (var provider in value)
        {
            writer.Json.WritePropertyName(provider.Name);
            ProviderFields.Table.Write(writer, provider);
        }

        writer.Json.WriteEndObject();
    }

    public override void Describe(Utf8JsonWriter schema)
    {
        schema.WriteString("type"u8, "object"u8);
        schema.WriteStartObject("additionalProperties"u8);
        ProviderFields.Table.Describe(schema, new ProviderConfig { Name = "" });
        schema.WriteEndObject();
    }

    // Slash and comma part a provider from a model where a client names both.
    private static bool IsName(string name) => name.Length > 0 && name.All(c => c is > ' ' and < '\x7f' and not ('/' or ',' or '"'));
}
