using System.Buffers;

namespace Gateway.Core.Translation.Answers;

/// <summary>Puts tool calls one behind the other, however the provider interleaves them: one block is open at a time.</summary>
internal sealed class ToolCalls
{
    private readonly List<ToolCall> _calls = [];
    private readonly ArrayBufferWriter<byte> _text = new(128);
    private int _count;
    private int _active = -1;
    private AnswerContext _context = null!;
    private IAnswerWriter _writer = null!;

    /// <summary>A call whose value is not whole has its block open.</summary>
    public bool IsBusy => _active >= 0 && !_calls[_active].IsComplete;

    /// <summary>Calls so far.</summary>
    public int Count => _count;

    /// <summary>Forgets the last answer.</summary>
    public void Begin(AnswerContext context, IAnswerWriter writer)
    {
        _context = context;
        _writer = writer;
        _count = 0;
        _active = -1;
    }

    /// <summary>A piece of a call.</summary>
    /// <param name="index">The provider's index; below 0 for none.</param>
    /// <param name="position">Place in the provider's list.</param>
    /// <param name="id">Id as JSON text; empty for none.</param>
    /// <param name="name">Name as JSON text; empty for none.</param>
    /// <param name="arguments">Arguments, escaped as the inside of a JSON string.</param>
    public void Add(int index, int position, ReadOnlySpan<byte> id, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments)
    {
        // An entry of nothing is noise.
        if (id.IsEmpty && name.IsEmpty && arguments.IsEmpty)
        {
            return;
        }

        var call = Find(index, position, id);
        call.Identify(id, name);
        call.Keep(arguments);
        Advance();
    }

    /// <summary>Something else follows: calls that are whole are written and closed; false if one is not.</summary>
    public bool TryPause()
    {
        Advance();
        if (IsBusy)
        {
            return false;
        }

        CloseActive();
        return true;
    }

    /// <summary>The answer has ended: all that waits is written.</summary>
    public void End()
    {
        for (var i = 0; i < _count; i++)
        {
            if (!_calls[i].IsClosed)
            {
                CloseActive();
                Open(i);
                WriteActive();
            }
        }

        CloseActive();
    }

    private ToolCall Find(int index, int position, ReadOnlySpan<byte> id)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            var call = _calls[i];
            var isSamePlace = index >= 0 ? call.Index == index : id.IsEmpty ? call.Index == -1 - position || i == _count - 1 : call.Id.SequenceEqual(id);

            // Another id on a used place is another call.
            if (isSamePlace && (id.IsEmpty || call.Id.IsEmpty || call.Id.SequenceEqual(id)))
            {
                return call;
            }
        }

        if (_count == _calls.Count)
        {
            _calls.Add(new ToolCall());
        }

        var made = _calls[_count++];
        made.Begin(index >= 0 ? index : -1 - position);
        return made;
    }

    // Writes as much as can be: the active call's pieces, and then the next call once that one is whole.
    private void Advance()
    {
        while (true)
        {
            if (_active >= 0)
            {
                WriteActive();
                if (IsBusy)
                {
                    return;
                }
            }

            var next = NextNamed();
            if (next < 0)
            {
                return;
            }

            CloseActive();
            Open(next);
        }
    }

    private int NextNamed()
    {
        for (var i = 0; i < _count; i++)
        {
            if (!_calls[i].IsOpened)
            {
                return _calls[i].Name.IsEmpty ? -1 : i;
            }
        }

        return -1;
    }

    private void Open(int number)
    {
        var call = _calls[number];
        if (call.IsOpened)
        {
            return;
        }

        call.IsOpened = true;
        _active = number;
        _text.ResetWrittenCount();
        WriteId(call, number);
        var split = _text.WrittenCount;
        WriteName(call, number);
        _writer.BeginTool(_text.WrittenSpan[..split], _text.WrittenSpan[split..]);
    }

    private void WriteActive()
    {
        var call = _calls[_active];
        if (!call.Waiting.IsEmpty && !call.Waiting.SequenceEqual("null"u8))
        {
            var whole = RawText.HalfPair(call.Waiting);
            _writer.Add(call.Waiting[..whole]);
            KeepRest(call, whole);
        }
    }

    private static void KeepRest(ToolCall call, int from)
    {
        if (from == call.Waiting.Length)
        {
            call.Written();
            return;
        }

        var rest = call.Waiting[from..].ToArray();
        call.Written();
        call.Restore(rest);
    }

    private void CloseActive()
    {
        if (_active >= 0)
        {
            _calls[_active].IsClosed = true;
            _active = -1;
            _writer.Close();
        }
    }

    // Ids must be there, differ, and be of the form that Anthropic's API takes.
    private void WriteId(ToolCall call, int number)
    {
        if (call.Id.IsEmpty)
        {
            _text.Write("toolu_"u8);
            _text.Write(_context.MessageId.Span);
            Number(number);
            return;
        }

        ProviderIds.ToClient(call.Id, _text);
        for (var i = 0; i < number; i++)
        {
            if (_calls[i].Id.SequenceEqual(call.Id))
            {
                _text.Write("_"u8);
                Number(number);
                return;
            }
        }
    }

    private void WriteName(ToolCall call, int number)
    {
        if (call.Name.IsEmpty)
        {
            _text.Write("tool_"u8);
            Number(number);
        }
        else
        {
            _text.Write(_context.Names is { } names && names.TryRestore(call.Name, out var original) ? original : call.Name);
        }
    }

    private void Number(int number)
    {
        var span = _text.GetSpan(10);
        _ = System.Buffers.Text.Utf8Formatter.TryFormat(number, span, out var written);
        _text.Advance(written);
    }
}
