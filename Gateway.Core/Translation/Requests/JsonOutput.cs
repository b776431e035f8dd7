using System.Buffers;
using System.Buffers.Text;

namespace Gateway.Core.Translation.Requests;

/// <summary>Writes JSON text into a buffer. Strings may be put together of pieces that are escaped already, which is why
/// the message text of a request is copied and never decoded.</summary>
internal sealed class JsonOutput
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(SpecialBytes());

    private IBufferWriter<byte> _target = new ArrayBufferWriter<byte>();
    private bool _needsComma;

    /// <summary>Starts over with another buffer.</summary>
    public void Begin(IBufferWriter<byte> target)
    {
        _target = target;
        _needsComma = false;
    }

    /// <summary>Opens an object.</summary>
    public void BeginObject() => Open((byte)'{');

    /// <summary>Closes it.</summary>
    public void EndObject() => Close((byte)'}');

    /// <summary>Opens an array.</summary>
    public void BeginArray() => Open((byte)'[');

    /// <summary>Closes it.</summary>
    public void EndArray() => Close((byte)']');

    /// <summary>Names the next value; the name needs no escapes.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        Open((byte)'"');
        _target.Write(name);
        _target.Write("\":"u8);
    }

    /// <summary>A value that is JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        Separate();
        _target.Write(json);
        _needsComma = true;
    }

    /// <summary>A whole number.</summary>
    public void Number(long value)
    {
        Separate();
        var span = _target.GetSpan(20);
        Utf8Formatter.TryFormat(value, span, out var written);
        _target.Advance(written);
        _needsComma = true;
    }

    /// <summary>True or false.</summary>
    public void Flag(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <summary>A string that is escaped already.</summary>
    public void Text(ReadOnlySpan<byte> escaped)
    {
        BeginText();
        Piece(escaped);
        EndText();
    }

    /// <summary>Opens a string.</summary>
    public void BeginText() => Open((byte)'"');

    /// <summary>A part of the open string, escaped already.</summary>
    public void Piece(ReadOnlySpan<byte> escaped) => _target.Write(escaped);

    /// <summary>A part of the open string, escaped here: plain text, or JSON inside a string.</summary>
    public void Escape(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            _target.Write(text[..at]);
            Escape(text[at]);
            text = text[(at + 1)..];
        }

        _target.Write(text);
    }

    /// <summary>Closes the string.</summary>
    public void EndText() => Close((byte)'"');

    private static byte[] SpecialBytes()
    {
        var bytes = new byte[34];
        for (var control = 0; control < 32; control++)
        {
            bytes[control] = (byte)control;
        }

        bytes[32] = (byte)'"';
        bytes[33] = (byte)'\\';
        return bytes;
    }

    private void Escape(byte special)
    {
        switch (special)
        {
            case (byte)'"':
                _target.Write("\\\""u8);
                break;
            case (byte)'\\':
                _target.Write("\\\\"u8);
                break;
            case (byte)'\n':
                _target.Write("\\n"u8);
                break;
            default:
                _target.Write("\\u00"u8);
                var span = _target.GetSpan(2);
                Utf8Formatter.TryFormat(special, span, out _, new StandardFormat('x', 2));
                _target.Advance(2);
                break;
        }
    }

    private void Separate()
    {
        if (_needsComma)
        {
            Put((byte)',');
        }
    }

    private void Open(byte mark)
    {
        Separate();
        Put(mark);
        _needsComma = false;
    }

    private void Close(byte mark)
    {
        Put(mark);
        _needsComma = true;
    }

    private void Put(byte mark)
    {
        _target.GetSpan(1)[0] = mark;
        _target.Advance(1);
    }
}
