namespace Gateway.Core.Translation.Sse;

/// <summary>From the bytes of an event stream, cut anywhere, to the data of one event after the other (WHATWG HTML section 9.2).</summary>
/// <remarks>Lines end in CR, LF or CRLF; comments and fields other than data are passed over; several data lines of an event are joined by a
/// line feed. The buffer grows to the longest event and stays. Single-threaded; reused by <see cref="Begin"/>.</remarks>
internal sealed class SseReader
{
    private byte[] _line = new byte[1024];
    private byte[] _data = new byte[4096];
    private int _lineLength;
    private int _dataLength;
    private bool _hasData;
    private bool _afterCarriageReturn;
    private bool _isFirstLine;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Forgets the last stream.</summary>
    public void Begin()
    {
        _lineLength = _dataLength = 0;
        _hasData = _afterCarriageReturn = false;
        _isFirstLine = true;
    }

    /// <summary>Reads on; true with the data of an event, and what is left of the bytes; false if they hold no more whole event.</summary>
    /// <param name="bytes">What has come; what was read is taken off.</param>
    /// <param name="data">Valid until the next call.</param>
    public bool TryRead(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> data)
    {
        while (!bytes.IsEmpty)
        {
            if (_afterCarriageReturn)
            {
                _afterCarriageReturn = false;
                if (bytes[0] == (byte)'\n')
                {
                    bytes = bytes[1..];
                    continue;
                }
            }

            var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            Append(ref _line, ref _lineLength, end < 0 ? bytes : bytes[..end]);
            if (end < 0)
            {
                bytes = default;
                break;
            }

            _afterCarriageReturn = bytes[end] == (byte)'\r';
            bytes = bytes[(end + 1)..];
            if (EndLine(out data))
            {
                return true;
            }
        }

        data = default;
        return false;
    }

    /// <summary>The stream has ended: an event whose blank line is missing counts all the same.</summary>
    public bool TryEnd(out ReadOnlySpan<byte> data)
    {
        if (_lineLength > 0)
        {
            _ = EndLine(out _);
        }

        return EndEvent(out data);
    }

    private bool EndLine(out ReadOnlySpan<byte> data)
    {
        var line = _line.AsSpan(0, _lineLength);
        _lineLength = 0;
        if (_isFirstLine)
        {
            _isFirstLine = false;
            line = line.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
        }

        if (line.IsEmpty)
        {
            return EndEvent(out data);
        }

        data = default;
        if (line.StartsWith("data:"u8))
        {
            var value = line["data:".Length..];
            AddData(value is [(byte)' ', ..] ? value[1..] : value);
        }

        return false;
    }

    private void AddData(ReadOnlySpan<byte> value)
    {
        if (_hasData)
        {
            Append(ref _data, ref _dataLength, "\n"u8);
        }

        _hasData = true;
        Append(ref _data, ref _dataLength, value);
    }

    private bool EndEvent(out ReadOnlySpan<byte> data)
    {
        data = _data.AsSpan(0, _dataLength);
        var hasData = _hasData;
        _hasData = false;
        _dataLength = 0;
        return hasData;
    }

    private static void Append(ref byte[] buffer, ref int length, ReadOnlySpan<byte> bytes)
    {
        if (buffer.Length - length < bytes.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes.Length));
        }

        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }
}
