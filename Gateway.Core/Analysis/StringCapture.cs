using System.Text;

namespace Gateway.Core.Analysis;

/// <summary>Keeps a key or a short value that matters, even if it is cut over several segments, and undoes its escapes.</summary>
internal sealed class StringCapture
{
    // A model name of 256 characters, every one written as \uXXXX.
    private const int Capacity = 6 * ScannedRequest.MaxModelBytes;

    // Keys and models are short and have no escapes; what once was longer keeps its room.
    private const int Usual = 96;

    private byte[] _raw = new byte[Usual];
    private byte[] _text = [];
    private int _length;
    private bool _hasEscapes;

    /// <summary>More came than could be kept.</summary>
    public bool IsTooLong { get; private set; }

    public void Begin()
    {
        _length = 0;
        _hasEscapes = false;
        IsTooLong = false;
    }

    public void Add(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > Capacity - _length)
        {
            IsTooLong = true;
            return;
        }

        if (raw.Length > _raw.Length - _length)
        {
            Array.Resize(ref _raw, Capacity);
        }

        raw.CopyTo(_raw.AsSpan(_length));
        _length += raw.Length;
    }

    public void AddEscape()
    {
        _hasEscapes = true;
        Add("\\"u8);
    }

    /// <summary>The text without its escapes; empty if it was too long.</summary>
    public ReadOnlySpan<byte> Text()
    {
        if (IsTooLong)
        {
            return default;
        }

        var raw = _raw.AsSpan(0, _length);
        if (!_hasEscapes)
        {
            return raw;
        }

        // Without its escapes a text is never longer.
        if (_text.Length < raw.Length)
        {
            _text = new byte[_raw.Length];
        }

        var length = 0;
        for (var at = 0; at < raw.Length;)
        {
            if (raw[at] == (byte)'\\')
            {
                at += Unescape(raw[at..], ref length);
            }
            else
            {
                _text[length++] = raw[at++];
            }
        }

        return _text.AsSpan(0, length);
    }

    // The grammar was checked before: an escape is whole here.
    private int Unescape(ReadOnlySpan<byte> raw, ref int length)
    {
        if (raw[1] != (byte)'u')
        {
            _text[length++] = raw[1] switch
            {
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                var same => same,
            };
            return 2;
        }

        var used = 6;
        var unit = Hex(raw);
        var rune = new Rune('\uFFFD');
        if (char.IsHighSurrogate(unit) && raw.Length >= 12 && raw[6] == (byte)'\\' && raw[7] == (byte)'u' && char.IsLowSurrogate(Hex(raw[6..])))
        {
            rune = new Rune(unit, Hex(raw[6..]));
            used = 12;
        }
        else if (!char.IsSurrogate(unit))
        {
            rune = new Rune(unit);
        }

        length += rune.EncodeToUtf8(_text.AsSpan(length));
        return used;
    }

    private static char Hex(ReadOnlySpan<byte> escape)
    {
        _ = System.Buffers.Text.Utf8Parser.TryParse(escape.Slice(2, 4), out ushort unit, out _, 'x');
        return (char)unit;
    }
}
