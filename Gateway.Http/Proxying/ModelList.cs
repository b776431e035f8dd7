using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gateway.Http.Proxying;

/// <summary>Gathers models of several origins into one list; the first entry of an id wins.</summary>
/// <remarks>Shape: Anthropic's API reference, "List models".</remarks>
internal sealed class ModelList
{
    private readonly HashSet<string> _ids = [];
    private readonly ArrayBufferWriter<byte> _entries = new();
    private string? _first;
    private string? _last;

    /// <summary>Adds the entries of a provider's answer, each as it came; what is no such list adds nothing.</summary>
    public void AddAnswer(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("data"u8, out var data) && data.ValueKind == JsonValueKind.Array)
            {
                foreach (var entry in data.EnumerateArray())
                {
                    AddEntry(entry);
                }
            }
        }
        catch (JsonException)
        {
            // A broken list is no list: the other providers' models are still worth showing.
        }
    }

    /// <summary>Adds an entry of our own making.</summary>
    public void Add(string id, string displayName)
    {
        var entry = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(entry))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "model"u8);
            writer.WriteString("id"u8, id);
            writer.WriteString("display_name"u8, displayName);
            writer.WriteString("created_at"u8, "1970-01-01T00:00:00Z"u8);
            writer.WriteEndObject();
        }

        Append(id, entry.WrittenSpan);
    }

    /// <summary>The whole list.</summary>
    public byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>(_entries.WrittenCount + 128);
        output.Write("{\"data\":["u8);
        output.Write(_entries.WrittenSpan);
        output.Write("],\"has_more\":false,\"first_id\":"u8);
        WriteId(output, _first);
        output.Write(",\"last_id\":"u8);
        WriteId(output, _last);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteId(ArrayBufferWriter<byte> output, string? id)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStringValue(id);
    }

    private void AddEntry(JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("id"u8, out var id) && id.ValueKind == JsonValueKind.String)
        {
            Append(id.GetString()!, JsonMarshal.GetRawUtf8Value(entry));
        }
    }

    private void Append(string id, ReadOnlySpan<byte> json)
    {
        if (!_ids.Add(id))
        {
            return;
        }

        if (_first is not null)
        {
            _entries.Write(","u8);
        }

        _first ??= id;
        _last = id;
        _entries.Write(json);
    }
}
