using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>Writes <c>usage</c> in the full shape of today's API: clients fill their context meter from it.</summary>
/// <remarks>Shape: the Usage and MessageDeltaUsage types of Anthropic's SDKs.</remarks>
internal static class SyntheticUsage
{
    private const int TokensAtStart = 1;

    /// <summary>As a message has it when it is whole.</summary>
    public static void Write(Utf8JsonWriter json, PromptTokens prompt, SyntheticScript script)
    {
        json.WriteStartObject("usage"u8);
        WritePrompt(json, prompt);
        WriteOrigin(json, prompt);
        WriteOutput(json, script);
        json.WriteEndObject();
    }

    /// <summary>As <c>message_start</c> has it: the prompt is known, the answer is not.</summary>
    public static void WriteAtStart(Utf8JsonWriter json, PromptTokens prompt)
    {
        json.WriteStartObject("usage"u8);
        WritePrompt(json, prompt);
        WriteOrigin(json, prompt);
        json.WriteNumber("output_tokens"u8, TokensAtStart);
        json.WriteEndObject();
    }

    /// <summary>As <c>message_delta</c> has it: cumulative.</summary>
    public static void WriteAtEnd(Utf8JsonWriter json, PromptTokens prompt, SyntheticScript script)
    {
        json.WriteStartObject("usage"u8);
        WritePrompt(json, prompt);
        WriteOutput(json, script);
        json.WriteEndObject();
    }

    private static void WritePrompt(Utf8JsonWriter json, PromptTokens prompt)
    {
        json.WriteNumber("input_tokens"u8, prompt.Uncached);
        json.WriteNumber("cache_creation_input_tokens"u8, prompt.Written);
        json.WriteNumber("cache_read_input_tokens"u8, prompt.Read);
    }

    private static void WriteOrigin(Utf8JsonWriter json, PromptTokens prompt)
    {
        json.WriteStartObject("cache_creation"u8);
        json.WriteNumber("ephemeral_5m_input_tokens"u8, prompt.IsLongLived ? 0 : prompt.Written);
        json.WriteNumber("ephemeral_1h_input_tokens"u8, prompt.IsLongLived ? prompt.Written : 0);
        json.WriteEndObject();
        json.WriteString("service_tier"u8, "standard"u8);
        json.WriteString("inference_geo"u8, "not_available"u8);
    }

    private static void WriteOutput(Utf8JsonWriter json, SyntheticScript script)
    {
        json.WriteNumber("output_tokens"u8, script.OutputTokens);
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("thinking_tokens"u8, script.ThinkingTokens);
        json.WriteEndObject();
        json.WriteNull("server_tool_use"u8);
    }
}
