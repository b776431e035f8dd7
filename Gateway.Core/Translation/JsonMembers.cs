using System.Text.Json;

namespace Gateway.Core.Translation;

/// <summary>Walks the members of a JSON object, or the items of an array, each as its raw bytes.</summary>
internal ref struct JsonMembers
{
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;
    private bool _isInside;

    /// <summary>Starts before the first member; anything but an object or an array has none.</summary>
    public JsonMembers(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json);
        _isInside = !json.IsEmpty && _reader.Read()
            && _reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
    }

    /// <summary>The member's name, as written; empty in an array.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value, as written.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next member.</summary>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public bool Next()
    {
        if (!_isInside || !_reader.Read())
        {
            return false;
        }

        if (_reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            // Whatever follows the value makes this throw.
            _reader.Read();
            return _isInside = false;
        }

        if (_reader.TokenType == JsonTokenType.PropertyName)
        {
            Name = _reader.ValueSpan;
            _reader.Read();
        }

        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        Value = _json[start..(int)_reader.BytesConsumed];
        return true;
    }

    /// <summary>A member's value; empty if there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var members = new JsonMembers(json);
        while (members.Next())
        {
            if (members.Name.SequenceEqual(name))
            {
                return members.Value;
            }
        }

        return default;
    }
}
