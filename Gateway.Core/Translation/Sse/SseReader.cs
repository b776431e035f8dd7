using System.Buffers;

namespace Gateway.Core.Translation.Sse;

/// <summary>Bytes of an event stream, cut anywhere, to the data of its events. Reusable; its buffers only grow.</summary>
/// <remarks>Source: WHATWG HTML, "Interpreting an event stream".</remarks>
internal sealed class SseReader
{
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly ArrayBufferWriter<byte> _data = new(4096);
    private bool _skipsLineFeed;
    private bool _isFirstLine;
    private bool _hasData;
    private bool _isTaken;
    private bool _nextIsError;

    /// <summary>Whether the event was named <c>error</c>.</summary>
    public bool IsError { get; private set; }

    /// <summary>The event's data: valid until the next call.</summary>
    public ReadOnlySpan<byte> Data => _data.WrittenSpan;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _line.ResetWrittenCount();
        _data.ResetWrittenCount();
        _skipsLineFeed = _hasData = _isTaken = _nextIsError = IsError = false;
        _isFirstLine = true;
    }

    /// <summary>Takes bytes until an event is complete.</summary>
    /// <param name="input">What has arrived; left with what was not needed.</param>
    /// <returns>False when all bytes are taken and no event is complete.</returns>
    public bool Read(ref ReadOnlySpan<byte> input)
    {
        DropTaken();
        while (!input.IsEmpty)
        {
            if (_skipsLineFeed)
            {
                _skipsLineFeed = false;
                if (input[0] == '\n')
                {
                    input = input[1..];
                    continue;
                }
            }

            var end = input.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                _line.Write(input);
                input = default;
                return false;
            }

            var line = Whole(input[..end]);
            _skipsLineFeed = input[end] == '\r';
            input = input[(end + 1)..];
            if (EndLine(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The stream has ended: an event may lack its blank line.</summary>
    public bool Finish()
    {
        DropTaken();
        return (_line.WrittenCount > 0 && EndLine(_line.WrittenSpan)) || EndEvent();
    }

    private void DropTaken()
    {
        if (_isTaken)
        {
            _data.ResetWrittenCount();
            _isTaken = false;
        }
    }

    // A line that came in one piece is read where it lies.
    private ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> end)
    {
        if (_line.WrittenCount == 0)
        {
            return end;
        }

        _line.Write(end);
        return _line.WrittenSpan;
    }

    private bool EndLine(ReadOnlySpan<byte> line)
    {
        if (_isFirstLine)
        {
            _isFirstLine = false;
            line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        }

        var isEnd = line.IsEmpty;
        if (!isEnd)
        {
            TakeField(line);
        }

        _line.ResetWrittenCount();
        return isEnd && EndEvent();
    }

    private bool EndEvent()
    {
        IsError = _nextIsError;
        _nextIsError = false;
        _isTaken = _hasData;
        _hasData = false;
        return _isTaken;
    }

    private void TakeField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? default : line[(colon + 1)..];
        value = value.StartsWith(" "u8) ? value[1..] : value;
        if (name.SequenceEqual("data"u8))
        {
            if (_hasData)
            {
                _data.Write("\n"u8);
            }

            _data.Write(value);
            _hasData = true;
        }
        else if (name.SequenceEqual("event"u8))
        {
            _nextIsError = value.SequenceEqual("error"u8);
        }
    }
}
