using System.Buffers;

namespace Gateway.Core.Relay;

/// <summary>Jumps over one JSON string, object or array that comes in pieces.</summary>
internal struct JsonTreeSkipper
{
    private static readonly SearchValues<byte> QuotesAndBrackets = SearchValues.Create("\"{}[]"u8);

    private int _depth;
    private bool _inString;
    private bool _inEscape;

    /// <summary>The value is behind us.</summary>
    public readonly bool IsDone => _depth == 0 && !_inString;

    /// <summary>Starts behind the first byte of a value.</summary>
    /// <param name="first">A quote, a brace or a bracket.</param>
    public void Begin(byte first)
    {
        _inString = first == '"';
        _inEscape = false;
        _depth = _inString ? 0 : 1;
    }

    /// <summary>Moves on, at most to the end of the value.</summary>
    /// <returns>How many bytes were passed.</returns>
    public int Skip(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (at < json.Length && !IsDone)
        {
            at += _inString ? SkipInString(json[at..]) : SkipInTree(json[at..]);
        }

        return at;
    }

    private int SkipInString(ReadOnlySpan<byte> json)
    {
        if (_inEscape)
        {
            _inEscape = false;
            return 1;
        }

        var at = json.IndexOfAny((byte)'"', (byte)'\\');
        if (at < 0)
        {
            return json.Length;
        }

        _inEscape = json[at] == '\\';
        _inString = _inEscape;
        return at + 1;
    }

    private int SkipInTree(ReadOnlySpan<byte> json)
    {
        var at = json.IndexOfAny(QuotesAndBrackets);
        if (at < 0)
        {
            return json.Length;
        }

        _inString = json[at] == '"';
        if (!_inString)
        {
            _depth += json[at] is (byte)'{' or (byte)'[' ? 1 : -1;
        }

        return at + 1;
    }
}
