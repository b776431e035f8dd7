using System.Text;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;

namespace Gateway.Host.Cli.Client;

/// <summary>The smallest request that shows whether a provider streams and calls tools.</summary>
internal static class TrialRequest
{
    private const string Common = "claude-haiku-5-5";

    /// <summary>Its body.</summary>
    public static byte[] For(string model) => Encoding.UTF8.GetBytes(JsonLayout.Indented(json =>
    {
        json.WriteStartObject();
        json.WriteString("model"u8, model);
        json.WritePropertyName("messages"u8);
        json.WriteRawValue("""[{"role":"user","content":"Report the sum of 2 and 3."}]"""u8);
        json.WritePropertyName("tools"u8);
        json.WriteRawValue("""
            [{"name":"report","description":"Takes the result.","input_schema":{"type":"object","properties":{"sum":{"type":"integer"}},"required":["sum"]}}]
            """u8);
        json.WritePropertyName("tool_choice"u8);
        json.WriteRawValue("""{"type":"tool","name":"report"}"""u8);
        json.WriteNumber("max_tokens"u8, 256);
        json.WriteBoolean("stream"u8, true);
        json.WriteEndObject();
    }));

    /// <summary>A model that the provider serves by what is written; null if only its vendor knows.</summary>
    public static string? ModelOf(ProviderConfig provider) =>
        provider.Models.Count == 0 ? Common
        : provider.Models.FirstOrDefault(model => !model.EndsWith('*'))
            ?? (provider.Models.Any(pattern => Common.StartsWith(pattern[..^1], StringComparison.Ordinal)) ? Common : null);
}
