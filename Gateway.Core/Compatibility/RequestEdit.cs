using System.Buffers;
using System.Text.Json;

namespace Gateway.Core.Compatibility;

/// <summary>Tells whether somebody else made a signature.</summary>
/// <param name="signature">Its content between the quotes.</param>
public delegate bool ForeignSignature(ReadOnlySpan<byte> signature);

/// <summary>Writes a request anew without what a provider does not know or did not sign. Every byte that stays is the client's.</summary>
/// <remarks>For the few requests that need it: it takes a copy of the body and a pass over its tokens.</remarks>
public sealed class RequestEdit
{
    private readonly LearnedDrops? _drops;
    private readonly ForeignSignature? _isForeign;
    private readonly byte[] _json;

    private enum Part : byte
    {
        Whole,
        Messages,
        Tools,
        System,
        Thinking,
        Mark,
    }

    private RequestEdit(byte[] json, LearnedDrops? drops, ForeignSignature? isForeign) => (_json, _drops, _isForeign) = (json, drops, isForeign);

    /// <summary>Blocks of thinking that were left out.</summary>
    public int Stripped { get; private set; }

    private bool MarksChange => _drops is { CacheControlFields.Count: > 0 };

    private static ReadOnlySpan<byte> Instead => "{\"type\":\"text\",\"text\":\"[thinking left out]\"}"u8;

    /// <summary>Writes the request.</summary>
    /// <param name="body">The client's body, a JSON object.</param>
    /// <param name="model">The model as a JSON string; empty to leave the client's.</param>
    /// <param name="drops">What is not known; null for nothing.</param>
    /// <param name="isForeign">Tells signatures of somebody else; null to keep all.</param>
    /// <param name="output">Takes the request.</param>
    /// <returns>Blocks of thinking that were left out.</returns>
    public static int Write(
        in ReadOnlySequence<byte> body, ReadOnlySpan<byte> model, LearnedDrops? drops, ForeignSignature? isForeign, IBufferWriter<byte> output)
    {
        var edit = new RequestEdit(body.ToArray(), drops, isForeign);
        edit.WriteRoot(model, output);
        return edit.Stripped;
    }

    private void WriteRoot(ReadOnlySpan<byte> model, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(_json);
        reader.Read();
        var list = new JsonListWriter(output, "{"u8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isDropped = Holds(_drops?.Fields, ref reader);
            var isModel = reader.ValueTextEquals("model"u8) && !model.IsEmpty;
            var part = isDropped ? Part.Whole : PartOf(ref reader);
            reader.Read();
            var value = (int)reader.TokenStartIndex;
            if (part != Part.Whole && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                list.Next(_json.AsSpan(start, value - start));
                WritePart(ref reader, part, output);
                continue;
            }

            reader.Skip();
            if (isModel)
            {
                list.Next(_json.AsSpan(start, value - start));
                output.Write(model);
            }
            else if (!isDropped)
            {
                list.Next(_json.AsSpan(start, (int)reader.BytesConsumed - start));
            }
        }

        list.End("}"u8);
    }

    // What of the request has to be looked into.
    private Part PartOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("messages"u8) ? Part.Messages
        : reader.ValueTextEquals("tools"u8) && _drops is { ToolFields.Count: > 0 } or { CacheControlFields.Count: > 0 } ? Part.Tools
        : reader.ValueTextEquals("thinking"u8) && _drops is { ThinkingFields.Count: > 0 } ? Part.Thinking
        : reader.ValueTextEquals("system"u8) && MarksChange ? Part.System
        : reader.ValueTextEquals("cache_control"u8) && MarksChange ? Part.Mark
        : Part.Whole;

    private void WritePart(ref Utf8JsonReader reader, Part part, IBufferWriter<byte> output)
    {
        switch (part)
        {
            case Part.Messages when reader.TokenType == JsonTokenType.StartArray:
                WriteMessages(ref reader, output);
                break;
            case Part.Tools or Part.System when reader.TokenType == JsonTokenType.StartArray:
                WriteBlocks(ref reader, part == Part.Tools ? _drops!.ToolFields : null, output);
                break;
            case Part.Thinking or Part.Mark when reader.TokenType == JsonTokenType.StartObject:
                WriteBlock(ref reader, part == Part.Thinking ? _drops!.ThinkingFields : _drops!.CacheControlFields, output);
                break;
            default:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                output.Write(_json.AsSpan(start, (int)reader.BytesConsumed - start));
                break;
        }
    }

    private void WriteBlocks(ref Utf8JsonReader reader, IReadOnlyList<byte[]>? dropped, IBufferWriter<byte> output)
    {
        var list = new JsonListWriter(output, "["u8);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            KeepBlock(ref reader, ref list, dropped, output);
        }

        list.End("]"u8);
    }

    private void KeepBlock(ref Utf8JsonReader reader, ref JsonListWriter list, IReadOnlyList<byte[]>? dropped, IBufferWriter<byte> output)
    {
        if (reader.TokenType != JsonTokenType.StartObject || (dropped is not { Count: > 0 } && !MarksChange))
        {
            Keep(ref reader, ref list);
            return;
        }

        list.Next(default);
        WriteBlock(ref reader, dropped, output);
    }

    // A block of content or a tool; a mark of the cache may stand in it, and in the blocks of a tool's result.
    private void WriteBlock(ref Utf8JsonReader reader, IReadOnlyList<byte[]>? dropped, IBufferWriter<byte> output)
    {
        var list = new JsonListWriter(output, "{"u8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isDropped = Holds(dropped, ref reader);
            var isMark = MarksChange && reader.ValueTextEquals("cache_control"u8);
            var isContent = MarksChange && reader.ValueTextEquals("content"u8);
            reader.Read();
            var value = (int)reader.TokenStartIndex;
            if (!isDropped && isMark && reader.TokenType == JsonTokenType.StartObject)
            {
                list.Next(_json.AsSpan(start, value - start));
                WriteBlock(ref reader, _drops!.CacheControlFields, output);
            }
            else if (!isDropped && isContent && reader.TokenType == JsonTokenType.StartArray)
            {
                list.Next(_json.AsSpan(start, value - start));
                WriteBlocks(ref reader, dropped: null, output);
            }
            else
            {
                reader.Skip();
                if (!isDropped)
                {
                    list.Next(_json.AsSpan(start, (int)reader.BytesConsumed - start));
                }
            }
        }

        list.End("}"u8);
    }

    private void WriteMessages(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        var list = new JsonListWriter(output, "["u8);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Keep(ref reader, ref list);
                continue;
            }

            list.Next(default);
            WriteMessage(ref reader, output);
        }

        list.End("]"u8);
    }

    private void WriteMessage(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        var list = new JsonListWriter(output, "{"u8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isDropped = Holds(_drops?.MessageFields, ref reader);
            var isContent = reader.ValueTextEquals("content"u8);
            reader.Read();
            if (isContent && reader.TokenType == JsonTokenType.StartArray && (_isForeign is not null || MarksChange))
            {
                list.Next(_json.AsSpan(start, (int)reader.TokenStartIndex - start));
                WriteContent(ref reader, output);
                continue;
            }

            reader.Skip();
            if (!isDropped)
            {
                list.Next(_json.AsSpan(start, (int)reader.BytesConsumed - start));
            }
        }

        list.End("}"u8);
    }

    private void WriteContent(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        var list = new JsonListWriter(output, "["u8);
        var before = Stripped;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var look = reader;
            if (_isForeign is not null && reader.TokenType == JsonTokenType.StartObject && IsForeignThinking(ref look))
            {
                Stripped++;
                reader.Skip();
            }
            else
            {
                KeepBlock(ref reader, ref list, dropped: null, output);
            }
        }

        // Content must not be empty.
        if (list.IsEmpty && Stripped > before)
        {
            list.Next(Instead);
        }

        list.End("]"u8);
    }

    private bool IsForeignThinking(ref Utf8JsonReader reader)
    {
        var isThinking = false;
        var isForeign = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isSignature = reader.ValueTextEquals("signature"u8) || reader.ValueTextEquals("data"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                isThinking = reader.ValueTextEquals("thinking"u8) || reader.ValueTextEquals("redacted_thinking"u8);
            }
            else if (isSignature && reader.TokenType == JsonTokenType.String)
            {
                isForeign = _isForeign!(reader.ValueSpan);
            }

            reader.Skip();
        }

        return isThinking && isForeign;
    }

    private void Keep(ref Utf8JsonReader reader, ref JsonListWriter list)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        list.Next(_json.AsSpan(start, (int)reader.BytesConsumed - start));
    }

    private static bool Holds(IReadOnlyList<byte[]>? names, ref Utf8JsonReader reader)
    {
        for (var i = 0; i < names?.Count; i++)
        {
            if (reader.ValueTextEquals(names[i]))
            {
                return true;
            }
        }

        return false;
    }
}
