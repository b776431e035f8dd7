using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;

namespace Gateway.Http.Wire;

/// <summary>Writes a head anew from parsed parts: nothing of the other side's bytes passes but names and values.</summary>
public ref struct HeadWriter
{
    private const int MostDigits = 20;

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _span;
    private int _used;

    /// <summary>A head that goes into <paramref name="output"/>; nothing is there before <see cref="End"/>.</summary>
    public HeadWriter(IBufferWriter<byte> output)
    {
        _output = output;
        _span = output.GetSpan();
    }

    /// <summary>Begins a request; the parts of the target are joined, and an empty path becomes a slash.</summary>
    public void RequestLine(ReadOnlySpan<byte> method, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> path, ReadOnlySpan<byte> query)
    {
        Write(method);
        Write(" "u8);
        Write(prefix);
        Write(prefix.IsEmpty && path.IsEmpty ? "/"u8 : path);
        Write(query);
        Write(" HTTP/1.1\r\n"u8);
    }

    /// <summary>Begins a response; an empty phrase becomes the usual one.</summary>
    public void StatusLine(int status, ReadOnlySpan<byte> reason)
    {
        if (status == 200 && (reason.IsEmpty || reason.SequenceEqual("OK"u8)))
        {
            Write("HTTP/1.1 200 OK\r\n"u8);
            return;
        }

        Write("HTTP/1.1 "u8);
        WriteNumber(status);
        Write(" "u8);
        Write(reason.IsEmpty ? StatusPhrases.Of(status) : reason);
        Write("\r\n"u8);
    }

    /// <summary>Adds a field.</summary>
    public void Field(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        // Values come from parsed heads and checked configuration; whoever adds another source learns of it here.
        Debug.Assert(AsciiSets.IsToken(name) && AsciiSets.IndexOfControl(value, 0) == value.Length, "This would end the line.");
        var total = name.Length + value.Length + 4;
        if (_span.Length - _used < total)
        {
            WriteSlowly(name, value);
            return;
        }

        var target = _span.Slice(_used, total);
        name.CopyTo(target);
        target[name.Length] = (byte)':';
        target[name.Length + 1] = (byte)' ';
        value.CopyTo(target[(name.Length + 2)..]);
        target[total - 2] = (byte)'\r';
        target[total - 1] = (byte)'\n';
        _used += total;
    }

    /// <summary>Adds a field with a number.</summary>
    public void Field(scoped ReadOnlySpan<byte> name, long value)
    {
        Span<byte> digits = stackalloc byte[MostDigits];
        _ = Utf8Formatter.TryFormat(value, digits, out var length);
        Field(name, digits[..length]);
    }

    /// <summary>Adds whole lines of fields, each "name: value" and the end of the line.</summary>
    public void Lines(scoped ReadOnlySpan<byte> lines)
    {
        Debug.Assert(lines.EndsWith("\r\n"u8), "The next field would go on in this line.");
        Reserve(lines.Length);
        Write(lines);
    }

    /// <summary>Ends the head.</summary>
    public void End()
    {
        Write("\r\n"u8);
        _output.Advance(_used);
        _used = 0;
        _span = default;
    }

    private void WriteSlowly(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Reserve(name.Length + value.Length + 4);
        Write(name);
        Write(": "u8);
        Write(value);
        Write("\r\n"u8);
    }

    private void WriteNumber(int value)
    {
        Span<byte> digits = stackalloc byte[MostDigits];
        _ = Utf8Formatter.TryFormat(value, digits, out var length);
        Write(digits[..length]);
    }

    private void Write(scoped ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _span.Length - _used)
        {
            var fits = _span.Length - _used;
            bytes[..fits].CopyTo(_span[_used..]);
            bytes = bytes[fits..];
            _used = _span.Length;
            Renew();
        }

        bytes.CopyTo(_span[_used..]);
        _used += bytes.Length;
    }

    // A value that does not fit into what is left of the block begins a new one, unless it would not fit there either.
    private void Reserve(int bytes)
    {
        if (_span.Length - _used < bytes && _used > 0)
        {
            Renew();
        }
    }

    private void Renew()
    {
        _output.Advance(_used);
        _used = 0;
        _span = _output.GetSpan();
    }
}
