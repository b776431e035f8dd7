using System.Buffers;
using System.Text.Json;
using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Anthropic's list of models in OpenAI's shape. Asked for rarely: this may allocate.</summary>
public static class ChatModelList
{
    /// <summary>Writes the list; false, and nothing written, if the bytes are none.</summary>
    public static bool Write(ReadOnlySpan<byte> anthropic, IBufferWriter<byte> client)
    {
        if (MembersOf(anthropic, "data"u8) is not { IsEmpty: false } models || !JsonText.IsArray(models))
        {
            return false;
        }

        var output = new JsonOutput();
        output.Begin(client);
        output.BeginObject();
        output.Name("object"u8);
        output.Text("list"u8);
        output.Name("data"u8);
        output.BeginArray();
        var items = new JsonMembers(models);
        while (items.Next())
        {
            WriteModel(items.Value, output);
        }

        output.EndArray();
        output.EndObject();
        return true;
    }

    /// <summary>Writes one model; false, and nothing written, if the bytes are none.</summary>
    public static bool WriteOne(ReadOnlySpan<byte> anthropic, IBufferWriter<byte> client)
    {
        if (JsonText.Content(MembersOf(anthropic, "id"u8)).IsEmpty)
        {
            return false;
        }

        var output = new JsonOutput();
        output.Begin(client);
        WriteModel(anthropic, output);
        return true;
    }

    private static void WriteModel(ReadOnlySpan<byte> model, JsonOutput output)
    {
        output.BeginObject();
        output.Name("id"u8);
        output.Text(JsonText.Content(JsonMembers.Find(model, "id"u8)));
        output.Name("object"u8);
        output.Text("model"u8);
        output.Name("created"u8);
        output.Number(SecondsOf(JsonMembers.Find(model, "created_at"u8)));
        output.Name("owned_by"u8);
        output.Text("gateway"u8);
        output.EndObject();
    }

    private static long SecondsOf(ReadOnlySpan<byte> time)
    {
        if (JsonText.Content(time).IsEmpty)
        {
            return 0;
        }

        var reader = new Utf8JsonReader(time);
        return reader.Read() && reader.TryGetDateTimeOffset(out var value) ? value.ToUnixTimeSeconds() : 0;
    }

    private static ReadOnlySpan<byte> MembersOf(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        try
        {
            return JsonText.IsObject(json) ? JsonMembers.Find(json, name) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
