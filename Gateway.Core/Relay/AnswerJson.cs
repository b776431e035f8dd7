namespace Gateway.Core.Relay;

/// <summary>Reads the few facts we want from a JSON answer that comes in pieces, and jumps over the rest.</summary>
/// <remarks>Nothing is gathered, so an answer of any size costs no memory and may be cut at any byte. It trusts the
/// shape of the JSON instead of checking it: what is not JSON yields no facts, and never a fault.</remarks>
internal struct AnswerJson
{
    // Far above any bill, and far below the overflow that a hostile row of digits would bring.
    private const long MaxCount = 1_000_000_000_000;

    /// <summary>What was found so far.</summary>
    public AnswerFacts Facts;

    private ShortText _text;
    private bool _textIsKey;
    private JsonTreeSkipper _skipper;
    private long _number;
    private SignatureReader _signature;
    private bool _inContent;
    private int _hexDigits;
    private State _state;
    private AnswerPlace _place;
    private AnswerMember _member;

    private enum State : byte
    {
        Start,
        Members,
        Value,
        Text,
        Escape,
        Unicode,
        Number,
        Signature,
        Content,
        Skip,
        Done,
    }

    /// <summary>The object has been read to its closing brace.</summary>
    public readonly bool IsComplete => _state == State.Done && _place == AnswerPlace.Root;

    /// <summary>The closing brace is still to come.</summary>
    public readonly bool IsOpen => _state != State.Done;

    /// <summary>Starts over with another object.</summary>
    public void Begin()
    {
        Facts.Clear();
        (_state, _place, _member, _inContent) = (State.Start, AnswerPlace.Root, AnswerMember.None, false);
    }

    /// <summary>Reads the next piece.</summary>
    public void Feed(ReadOnlySpan<byte> json)
    {
        while (!json.IsEmpty)
        {
            var read = _state switch
            {
                State.Start => ReadStart(json),
                State.Members => ReadMembers(json),
                State.Value => ReadValue(json),
                State.Text => ReadText(json),
                State.Escape => ReadEscape(json),
                State.Unicode => ReadUnicode(),
                State.Number => ReadNumber(json),
                State.Signature => ReadSignature(json),
                State.Content => ReadContent(json),
                State.Skip => ReadSkipped(json),
                _ => json.Length,
            };
            json = json[read..];
        }
    }

    private int Step(State next)
    {
        _state = next;
        return 1;
    }

    private int ReadStart(ReadOnlySpan<byte> json)
    {
        var at = json.IndexOfAnyExcept(" \t\r\n"u8);
        if (at < 0)
        {
            return json.Length;
        }

        if (json[at] == '{')
        {
            _state = State.Members;
        }
        else
        {
            // Not an object (HTML, a bare string): nothing to learn, and never complete.
            _state = State.Done;
            _place = AnswerPlace.Message;
        }

        return at + 1;
    }

    // Numbers and literals nobody asked for need no state of their own: like commas, they hold no quote and no brace.
    private int ReadMembers(ReadOnlySpan<byte> json)
    {
        var at = json.IndexOfAny((byte)'"', (byte)'}');
        if (at < 0)
        {
            return json.Length;
        }

        if (json[at] == '"')
        {
            _text.Clear();
            _textIsKey = true;
            _state = State.Text;
        }
        else if (_place == AnswerPlace.Root)
        {
            _state = State.Done;
        }
        else
        {
            _place = AnswerMembers.Parent(_place, _inContent);
            _state = _place == AnswerPlace.Content ? State.Content : State.Members;
        }

        return at + 1;
    }

    private int ReadText(ReadOnlySpan<byte> json)
    {
        var at = json.IndexOfAny((byte)'"', (byte)'\\');
        if (at < 0)
        {
            _text.Append(json);
            return json.Length;
        }

        if (json[at] == '\\')
        {
            _text.Append(json[..at]);
            _state = State.Escape;
        }
        else if (_text.Span.IsEmpty)
        {
            EndText(json[..at]); // whole, as nearly always: no need to gather it
        }
        else
        {
            _text.Append(json[..at]);
            EndText(_text.Span);
        }

        return at + 1;
    }

    private void EndText(ReadOnlySpan<byte> text)
    {
        if (_textIsKey)
        {
            _member = AnswerMembers.Find(_place, text);
            _state = State.Value;
        }
        else
        {
            Facts.Say(_member, text);
            _state = State.Members;
        }
    }

    // These texts are names. Escapes other than \/ \\ \" have no business in them and are shown as a question mark.
    private int ReadEscape(ReadOnlySpan<byte> json)
    {
        _text.Append(json[0] is (byte)'/' or (byte)'\\' or (byte)'"' ? json[..1] : "?"u8);
        _hexDigits = 4;
        return Step(json[0] == 'u' ? State.Unicode : State.Text);
    }

    private int ReadUnicode()
    {
        _hexDigits--;
        return Step(_hexDigits == 0 ? State.Text : State.Unicode);
    }

    private int ReadValue(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (json[at] is (byte)':' or (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r')
        {
            if (++at == json.Length)
            {
                return at;
            }
        }

        var first = json[at];
        if (_member == AnswerMember.ErrorObject && first != 'n')
        {
            Facts.HasError = true;
        }

        if (first is (byte)'"' or (byte)'{' or (byte)'[')
        {
            BeginValue(first);
            return at + 1;
        }

        // Of the rest only counts matter. The byte is read again: as a digit, or as what may be the closing brace.
        var isCount = char.IsAsciiDigit((char)first) && AnswerMembers.IsCount(_member);
        _number = 0;
        _state = isCount ? State.Number : State.Members;
        return at;
    }

    private void BeginValue(byte first)
    {
        if (first == '"' && AnswerMembers.IsText(_member))
        {
            _text.Clear();
            _textIsKey = false;
            _state = State.Text;
        }
        else if (first == '"' && _member == AnswerMember.Signature)
        {
            _signature.Begin();
            _state = State.Signature;
        }
        else if (first == '[' && _member == AnswerMember.ContentArray)
        {
            _inContent = true;
            _state = State.Content;
        }
        else if (first == '{' && AnswerMembers.Opened(_member) is { } opened)
        {
            _place = opened;
            _state = State.Members;
        }
        else
        {
            _skipper.Begin(first);
            _state = State.Skip;
        }
    }

    private int ReadNumber(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (at < json.Length && char.IsAsciiDigit((char)json[at]))
        {
            _number = Math.Min((_number * 10) + (json[at] - '0'), MaxCount);
            at++;
        }

        if (at < json.Length)
        {
            Facts.Count(_member, _number);
            _state = State.Members;
        }

        return at;
    }

    private int ReadSignature(ReadOnlySpan<byte> json)
    {
        var read = _signature.Read(json, out var isDone);
        _state = isDone ? State.Members : State.Signature;
        Facts.Sign(_signature, isDone);
        return read;
    }

    // Between the blocks of a whole message.
    private int ReadContent(ReadOnlySpan<byte> json)
    {
        var at = json.IndexOfAny((byte)'{', (byte)']');
        if (at < 0)
        {
            return json.Length;
        }

        _inContent = json[at] == '{';
        _place = _inContent ? AnswerPlace.Block : AnswerPlace.Root;
        _state = State.Members;
        return at + 1;
    }

    private int ReadSkipped(ReadOnlySpan<byte> json)
    {
        var read = _skipper.Skip(json);
        if (_skipper.IsDone)
        {
            _state = State.Members;
        }

        return read;
    }
}
