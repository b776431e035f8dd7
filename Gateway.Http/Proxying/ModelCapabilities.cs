using System.Text.Json;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Translation;

namespace Gateway.Http.Proxying;

/// <summary>What a model can do, as a client of the Messages API sees it through the gateway.</summary>
/// <remarks>Shape: <c>ModelCapabilities</c> of Anthropic's TypeScript SDK 1.12.0.</remarks>
internal static class ModelCapabilities
{
    /// <summary>Writes <c>capabilities</c>; null where nothing is known.</summary>
    public static void Write(Utf8JsonWriter writer, ModelFacts? facts)
    {
        if (facts is null)
        {
            writer.WriteNull("capabilities"u8);
            return;
        }

        writer.WriteStartObject("capabilities"u8);
        Write(writer, "batch"u8, false);
        Write(writer, "citations"u8, false);
        Write(writer, "code_execution"u8, false);
        WriteNone(writer, "context_management"u8, ["clear_thinking_20251015", "clear_tool_uses_20250919", "compact_20260112"]);
        WriteEffort(writer, facts.Profile);
        Write(writer, "image_input"u8, facts.Abilities.HasFlag(RequestNeeds.Vision));
        Write(writer, "pdf_input"u8, facts.Abilities.HasFlag(RequestNeeds.Documents) && facts.Profile.PdfFileParts);
        WriteNone(writer, "server_tools"u8, ["code_execution", "web_search"]);
        Write(writer, "structured_outputs"u8, facts.Abilities.HasFlag(RequestNeeds.Json) && facts.Profile.StructuredOutputs == StructuredOutputs.JsonSchema);
        WriteThinking(writer, facts);
        writer.WriteEndObject();
    }

    // Every level is taken: one that the model does not know becomes its nearest.
    private static void WriteEffort(Utf8JsonWriter writer, DialectProfile profile)
    {
        var isSupported = profile.ReasoningRequest != ReasoningRequest.None;
        writer.WriteStartObject("effort"u8);
        foreach (var level in (string[])["low", "medium", "high", "xhigh", "max"])
        {
            writer.WriteStartObject(level);
            writer.WriteBoolean("supported"u8, isSupported);
            writer.WriteEndObject();
        }

        writer.WriteBoolean("supported"u8, isSupported);
        writer.WriteEndObject();
    }

    private static void WriteThinking(Utf8JsonWriter writer, ModelFacts facts)
    {
        var isAsked = facts.Profile.ReasoningRequest != ReasoningRequest.None;
        writer.WriteStartObject("thinking"u8);
        writer.WriteBoolean("supported"u8, facts.Abilities.HasFlag(RequestNeeds.Thinking));
        writer.WriteStartObject("types"u8);
        Write(writer, "adaptive"u8, isAsked);
        Write(writer, "between_tools"u8, facts.Profile.ReasoningReplay != ReasoningReplay.Never);
        Write(writer, "disabled"u8, isAsked && (facts.Profile.ReasoningRequest != ReasoningRequest.Effort || facts.Profile.EffortLevels.Contains("none")));
        Write(writer, "enabled"u8, isAsked);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteNone(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string[] parts)
    {
        writer.WriteStartObject(name);
        foreach (var part in parts)
        {
            writer.WriteStartObject(part);
            writer.WriteBoolean("supported"u8, false);
            writer.WriteEndObject();
        }

        writer.WriteBoolean("supported"u8, false);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool isSupported)
    {
        writer.WriteStartObject(name);
        writer.WriteBoolean("supported"u8, isSupported);
        writer.WriteEndObject();
    }
}
