using System.Text;
using System.Text.Json;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>A key, or where it is. Shown without the key.</summary>
internal sealed class SecretKind : ConfigKind<SecretReference?>
{
    private static readonly TextKind<SecretReference> Text = new(
        "a reference such as ${PROVIDER_API_KEY}, ${file:/path} or ${credential:name}", SecretReference.Parse, reference => reference.ToString());

    public override string Expected => Text.Expected;

    public override bool TryRead(ConfigValue value, out SecretReference? result) => Text.TryRead(value, out result);

    public override string Show(SecretReference? value) => Text.Show(value);

    public override void Write(ConfigWriter writer, SecretReference? value) => writer.Json.WriteStringValue(
        writer.Reveals && value!.Literal is { } key ? Encoding.UTF8.GetString(key.Reveal()) : value!.ToString());

    public override void Describe(Utf8JsonWriter schema) => Text.Describe(schema);
}
