using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>The JSON Schema of gateway.json: the reader's own tables, in words that editors understand.</summary>
public static class ConfigSchema
{
    /// <summary>The whole schema, with a line break at its end.</summary>
    public static string Text() => JsonLayout.Indented(schema =>
    {
        schema.WriteStartObject();
        schema.WriteString("$schema"u8, "http://json-schema.org/draft-07/schema#"u8);
        schema.WriteString("title"u8, "gateway.json of ClaudeGateway"u8);
        GatewayFields.Table.Describe(schema, GatewayConfig.Empty);

        // What the reader allows and JSON does not: the words are those of Visual Studio Code.
        schema.WriteBoolean("allowComments"u8, true);
        schema.WriteBoolean("allowTrailingCommas"u8, true);
        schema.WriteEndObject();
    });
}
