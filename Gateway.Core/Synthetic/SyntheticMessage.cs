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
    /// <summary>As the API writes JSON: nothing is escaped that need not be.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Not a secret and not a proof: it says where the block comes from.</summary>
    public static string Signature(SyntheticRequest request) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"synthetic-{request.Hash:x16}")));

    /// <summary>Writes the answer as one JSON message.</summary>
    public static ReadOnlyMemory<byte> Write(SyntheticRequest request, SyntheticScript script)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        WriteIdentity(json, request);
        json.WriteStartArray("content"u8);
        for (var i = 0; i < script.Blocks.Count; i++)
        {
            json.WriteStartObject();
            WriteBlock(json, request, script.Blocks[i], i, isOpening: false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteStop(json, script.StopReason, script.StopSequence);
        SyntheticUsage.Write(json, request.Prompt, script);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    /// <summary>Who speaks.</summary>
    public static void WriteIdentity(Utf8JsonWriter json, SyntheticRequest request)
    {
        json.WriteString("id"u8, string.Create(CultureInfo.InvariantCulture, $"msg_synthetic_{request.Hash:x16}"));
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, request.Model);
    }

    /// <summary>Why it ended.</summary>
    public static void WriteStop(Utf8JsonWriter json, string? reason, string? sequence)
    {
        json.WriteString("stop_reason"u8, reason);
        json.WriteString("stop_sequence"u8, sequence);
        json.WriteNull("stop_details"u8);
    }

    /// <summary>The members of a block: whole, or as <c>content_block_start</c> opens it, empty.</summary>
    public static void WriteBlock(Utf8JsonWriter json, SyntheticRequest request, ScriptedBlock block, int index, bool isOpening)
    {
        json.WriteString("type"u8, block.Kind);
        switch (block.Kind)
        {
            case "thinking":
                json.WriteString("thinking"u8, isOpening ? "" : block.Text);
                json.WriteString("signature"u8, isOpening ? "" : Signature(request));
                break;
            case "tool_use":
                json.WriteString("id"u8, string.Create(CultureInfo.InvariantCulture, $"toolu_synthetic_{request.Hash:x16}_{index}"));
                json.WriteString("name"u8, block.Name);
                json.WritePropertyName("input"u8);
                json.WriteRawValue(isOpening ? "{}" : block.Text);
                break;
            default:
                json.WriteString("text"u8, isOpening ? "" : block.Text);
                break;
        }
    }
}
