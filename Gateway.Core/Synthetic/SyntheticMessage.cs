using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>Writes the parts of a message that streams and whole answers share, and the whole answer.</summary>
/// <remarks>Shape: platform.claude.com/docs/en/api/messages.</remarks>
internal static class SyntheticMessage
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Not a secret and not a proof: it says where the block comes from.</summary>
    public static string Signature(SyntheticRequest request) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"synthetic-{request.Hash:x16}")));

    public static string ToolId(SyntheticRequest request, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"toolu_synthetic_{request.Hash:x16}_{index}");

    public static ReadOnlyMemory<byte> Write(SyntheticRequest request, SyntheticScript script)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, Options);
        BeginMessage(json, request);
        json.WriteStartArray("content"u8);
        for (var i = 0; i < script.Blocks.Count; i++)
        {
            WriteBlock(json, request, script.Blocks[i], i);
        }

        json.WriteEndArray();
        WriteStop(json, script.StopReason, script.StopSequence);
        WriteUsage(json, request.InputTokens, script.OutputTokens);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    /// <summary>Writes one object with its own writer.</summary>
    public static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    public static void BeginMessage(Utf8JsonWriter json, SyntheticRequest request)
    {
        json.WriteStartObject();
        WriteIdentity(json, request);
    }

    public static void WriteIdentity(Utf8JsonWriter json, SyntheticRequest request)
    {
        json.WriteString("id"u8, string.Create(CultureInfo.InvariantCulture, $"msg_synthetic_{request.Hash:x16}"));
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, request.Model);
    }

    public static void WriteStop(Utf8JsonWriter json, string? reason, string? sequence)
    {
        json.WriteString("stop_reason"u8, reason);
        json.WriteString("stop_sequence"u8, sequence);
    }

    public static void WriteUsage(Utf8JsonWriter json, int input, int output)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, input);
        json.WriteNumber("cache_creation_input_tokens"u8, 0);
        json.WriteNumber("cache_read_input_tokens"u8, 0);
        json.WriteNumber("output_tokens"u8, output);
        json.WriteString("service_tier"u8, "standard"u8);
        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, SyntheticRequest request, ScriptedBlock block, int index)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, block.Kind);
        switch (block.Kind)
        {
            case "thinking":
                json.WriteString("thinking"u8, block.Text);
                json.WriteString("signature"u8, Signature(request));
                break;
            case "tool_use":
                json.WriteString("id"u8, ToolId(request, index));
                json.WriteString("name"u8, block.Name);
                json.WritePropertyName("input"u8);
                json.WriteRawValue(block.Text);
                break;
            default:
                json.WriteString("text"u8, block.Text);
                break;
        }

        json.WriteEndObject();
    }
}
