using System.Text.Json;

namespace Gateway.Core.Translation.Answers;

/// <summary>Walks over the members of a JSON object, or the items of an array, as slices of its text.</summary>
internal ref struct JsonMembers
{
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;

    /// <summary>Over a valid object or array; nothing is there in any other value.</summary>
    public JsonMembers(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json);
        IsContainer = !json.IsEmpty && _reader.Read() && _reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
    }

    /// <summary>It is an object or an array.</summary>
    public bool IsContainer { get; }

    /// <summary>Name of the member, as JSON text; empty for items.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its value.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes on to the next.</summary>
    public bool Next()
    {
        if (!IsContainer || !_reader.Read() || _reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            return false;
        }

        if (_reader.TokenType == JsonTokenType.PropertyName)
        {
            Name = _reader.ValueSpan;
            _ = _reader.Read();
        }

        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        Value = _json[start..(int)_reader.BytesConsumed];
        return true;
    }

    /// <summary>The value of one member; empty if it is not there or null.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var members = new JsonMembers(json);
        while (members.Next())
        {
            if (members.Name.SequenceEqual(name))
            {
                return members.Value.SequenceEqual("null"u8) ? default : members.Value;
            }
        }

        return default;
    }

    /// <summary>The whole text is one JSON value.</summary>
    public static bool IsValid(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
            }

            return reader.BytesConsumed == json.Length && !json.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
