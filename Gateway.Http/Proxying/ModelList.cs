using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;

namespace Gateway.Http.Proxying;

/// <summary>Gathers models of several origins into one list; the first entry of an id wins.</summary>
/// <remarks>Shape: Anthropic's API reference, "List models". Entries in OpenAI's shape are told in Anthropic's.</remarks>
internal sealed class ModelList
{
    /// <summary>Goes before the names that Claude Code's discovery would drop: it keeps only ids that contain claude or anthropic.</summary>
    public const string AliasPrefix = "claude-gateway/";

    private readonly HashSet<string> _ids = [];
    private readonly List<(string Id, byte[] Json)> _entries = [];

    /// <summary>Adds the entries of a provider's answer; what is no such list adds nothing.</summary>
    public void AddAnswer(ReadOnlyMemory<byte> json, Provider provider)
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
                    AddEntry(entry, provider);
                }
            }
        }
        catch (JsonException)
        {
            // A broken list is no list: the other providers' models are still worth showing.
        }
    }

    /// <summary>Adds an entry of our own making, and an alias where Claude Code would drop it.</summary>
    public void Add(string id, string displayName, Provider? provider = null)
    {
        Append(id, Entry(id, displayName, id, provider));
        if (provider is not null && !id.Contains("claude", StringComparison.OrdinalIgnoreCase) && !id.Contains("anthropic", StringComparison.OrdinalIgnoreCase))
        {
            var alias = $"{AliasPrefix}{provider.Name}/{id}";
            Append(alias, Entry(alias, displayName, id, provider));
        }
    }

    /// <summary>One model of a provider, whatever name of it was asked for.</summary>
    public static byte[] One(string id, string model, Provider provider) => Entry(id, $"{model} ({provider.Name})", model, provider);

    /// <summary>One page of the list; false, and what is wrong, if there is none such.</summary>
    public bool TryWrite(ModelCursor cursor, out byte[] json, out string fault)
    {
        if (!cursor.TryFind(_entries.ConvertAll(static entry => entry.Id), out var page, out fault))
        {
            json = [];
            return false;
        }

        json = ToJson(page, cursor.HasMore(page, _entries.Count));
        return true;
    }

    private byte[] ToJson((int First, int End) page, bool hasMore)
    {
        var (first, end) = page;
        var output = new ArrayBufferWriter<byte>(1024);
        output.Write("{\"data\":["u8);
        for (var i = first; i < end; i++)
        {
            output.Write(i > first ? ","u8 : default);
            output.Write(_entries[i].Json);
        }

        output.Write("],\"has_more\":"u8);
        output.Write(hasMore ? "true"u8 : "false"u8);
        output.Write(",\"first_id\":"u8);
        WriteId(output, first < end ? _entries[first].Id : null);
        output.Write(",\"last_id\":"u8);
        WriteId(output, first < end ? _entries[end - 1].Id : null);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteId(ArrayBufferWriter<byte> output, string? id)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStringValue(id);
    }

    // An unknown limit is null, as in Anthropic's own list.
    private static byte[] Entry(string id, string displayName, string model, Provider? provider)
    {
        var facts = provider?.FactsOf(Encoding.UTF8.GetBytes(model));
        var entry = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(entry))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "model"u8);
            writer.WriteString("id"u8, id);
            writer.WriteString("display_name"u8, displayName);
            writer.WriteString("created_at"u8, "1970-01-01T00:00:00Z"u8);
            WriteLimit(writer, "max_input_tokens"u8, facts?.ContextWindow ?? 0);
            WriteLimit(writer, "max_tokens"u8, facts?.MaxOutputTokens ?? 0);
            writer.WriteString("lifecycle"u8, "active"u8);
            ModelCapabilities.Write(writer, provider?.Dialect == Dialect.Anthropic ? null : facts);
            writer.WriteEndObject();
        }

        return entry.WrittenSpan.ToArray();
    }

    private static void WriteLimit(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int tokens)
    {
        if (tokens > 0)
        {
            writer.WriteNumber(name, tokens);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private void AddEntry(JsonElement entry, Provider provider)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("id"u8, out var id) || id.ValueKind != JsonValueKind.String)
        {
            return;
        }

        if (entry.TryGetProperty("object"u8, out _))
        {
            Add(id.GetString()!, $"{id.GetString()} ({provider.Name})", provider);
        }
        else
        {
            Append(id.GetString()!, JsonMarshal.GetRawUtf8Value(entry).ToArray());
        }
    }

    private void Append(string id, byte[] json)
    {
        if (_ids.Add(id))
        {
            _entries.Add((id, json));
        }
    }
}
