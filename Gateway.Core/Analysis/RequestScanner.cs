using System.Runtime.CompilerServices;

namespace Gateway.Core.Analysis;

/// <summary>Reads a request's JSON once, as its segments arrive, and yields what routing must know.</summary>
/// <remarks>
/// Accepts exactly RFC 8259 with an object at the top; bytes inside strings are not judged as UTF-8, since they pass as they are.
/// Segments may be cut anywhere. Linear in time, constant in memory, no allocation, no recursion. Single-threaded; reused by <see cref="Reset"/>.
/// </remarks>
public sealed class RequestScanner
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 512;

    private readonly ScanRole[] _roles = new ScanRole[MaxDepth + 1];
    private readonly StringCapture _capture = new();
    private NumberScanner _number;
    private State _state;
    private ScanKey _key;
    private int _depth;
    private int _left;
    private bool _isKey;
    private bool _captures;
    private byte _literal;
    private long _offset;

    private enum State : byte
    {
        Value,
        FirstItem,
        FirstKey,
        Key,
        Colon,
        AfterValue,
        End,

        // From here on inside a token.
        String,
        Escape,
        Unicode,
        Number,
        Literal,
    }

    /// <summary>What was found; whole after <see cref="Complete"/>.</summary>
    public ScannedRequest Result { get; } = new();

    /// <summary>What is wrong with the JSON.</summary>
    public ScanError Error { get; private set; }

    /// <summary>Offset in the body of the byte that is wrong.</summary>
    public long ErrorOffset { get; private set; }

    private ScanRole Role => _roles[_depth];

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _state = State.Value;
        _key = ScanKey.None;
        _depth = 0;
        _roles[0] = ScanRole.OtherArray;
        _offset = 0;
        Error = ScanError.None;
        ErrorOffset = 0;
        Result.Reset();
    }

    /// <summary>Reads the next bytes.</summary>
    public ScanStatus Feed(ReadOnlySpan<byte> segment)
    {
        var at = 0;
        while (at < segment.Length && Error == ScanError.None)
        {
            at = _state switch
            {
                State.String => InString(segment, at),
                State.Escape => InEscape(segment, at),
                State.Unicode => InUnicode(segment, at),
                State.Number => InNumber(segment, at),
                State.Literal => InLiteral(segment, at),
                _ => Between(segment, at),
            };
        }

        _offset += segment.Length;
        Result.Bytes = _offset;
        return Error == ScanError.None ? ScanStatus.Continue : ScanStatus.Invalid;
    }

    /// <summary>No more bytes will come.</summary>
    public ScanStatus Complete()
    {
        if (Error == ScanError.None && _state != State.End)
        {
            Error = ScanError.Truncated;
            ErrorOffset = _offset;
        }

        return Error == ScanError.None ? ScanStatus.Done : ScanStatus.Invalid;
    }

    // Between tokens: white space and punctuation, up to the first byte of a string, number or literal.
    private int Between(ReadOnlySpan<byte> segment, int at)
    {
        while (at < segment.Length && _state < State.String)
        {
            var value = segment[at];
            if (value <= 0x20)
            {
                if (value is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                {
                    return Fail(ScanError.UnexpectedByte, at);
                }

                at++;
                continue;
            }

            switch (_state)
            {
                case State.AfterValue:
                    at = After(value, at);
                    break;
                case State.Colon when value == (byte)':':
                    _state = State.Value;
                    at++;
                    break;
                case State.Key or State.FirstKey when value == (byte)'"':
                    at = BeginKey(segment, at + 1);
                    break;
                case State.FirstKey when value == (byte)'}':
                case State.FirstItem when value == (byte)']':
                    at = Pop(at);
                    break;
                case State.Value or State.FirstItem:
                    at = BeginValue(value, at);
                    break;
                default:
                    return Fail(ScanError.UnexpectedByte, at);
            }

            if (Error != ScanError.None)
            {
                return at;
            }
        }

        return at;
    }

    private int After(byte value, int at)
    {
        var isArray = Role.IsArray();
        if (value == (byte)',')
        {
            _state = isArray ? State.Value : State.Key;
            return at + 1;
        }

        return value == (isArray ? (byte)']' : (byte)'}') ? Pop(at) : Fail(ScanError.UnexpectedByte, at);
    }

    private int Pop(int at)
    {
        _depth--;
        _state = _depth == 0 ? State.End : State.AfterValue;
        return at + 1;
    }

    private int Push(ScanRole role, State next, int at)
    {
        if (_depth == MaxDepth)
        {
            return Fail(ScanError.TooDeep, at);
        }

        _roles[++_depth] = role;
        _state = next;
        return at + 1;
    }

    // Nearly every key lies in one piece and has no escape: then it is compared where it is.
    private int BeginKey(ReadOnlySpan<byte> segment, int at)
    {
        var end = StringSkipper.Skip(segment, at);
        if (end < segment.Length && segment[end] == (byte)'"')
        {
            _key = Role == ScanRole.OtherObject ? ScanKey.None : ScanRoles.KeyIn(Role, segment[at..end]);
            _state = State.Colon;
            return end + 1;
        }

        _isKey = true;
        _captures = Role != ScanRole.OtherObject;
        _capture.Begin();
        _state = State.String;
        return at;
    }

    private int BeginValue(byte value, int at)
    {
        if (_depth == 0 && value != (byte)'{')
        {
            return Fail(value is (byte)'}' or (byte)']' or (byte)',' or (byte)':' ? ScanError.UnexpectedByte : ScanError.NotAnObject, at);
        }

        switch (value)
        {
            case (byte)'"':
                Note(JsonShape.String, at);
                _isKey = false;
                _captures = _key != ScanKey.None && FieldRecorder.NeedsText(Role, _key);
                _capture.Begin();
                _state = State.String;
                return at + 1;
            case (byte)'{':
                Note(JsonShape.Object, at);
                return Push(_depth == 0 ? ScanRole.Root : ScanRoles.ObjectIn(Role, _key), State.FirstKey, at);
            case (byte)'[':
                Note(JsonShape.Array, at);
                return Push(ScanRoles.ArrayIn(Role, _key), State.FirstItem, at);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                Note(JsonShape.Number, at);
                _number.Begin(value);
                _state = State.Number;
                return at + 1;
            case (byte)'t' or (byte)'f' or (byte)'n':
                Note(value switch { (byte)'t' => JsonShape.True, (byte)'f' => JsonShape.False, _ => JsonShape.Null }, at);
                _literal = value;
                _left = LiteralRest.Length;
                _state = State.Literal;
                return at + 1;
            default:
                return Fail(ScanError.UnexpectedByte, at);
        }
    }

    private void Note(JsonShape shape, int at) => FieldRecorder.Begin(Result, Role, _key, shape, _offset + at);

    private ReadOnlySpan<byte> LiteralRest => _literal switch
    {
        (byte)'t' => "rue"u8,
        (byte)'f' => "alse"u8,
        _ => "ull"u8,
    };

    private int InString(ReadOnlySpan<byte> segment, int at)
    {
        while (true)
        {
            var start = at;
            at = StringSkipper.Skip(segment, at);
            if (_captures)
            {
                _capture.Add(segment[start..at]);
            }

            if (at >= segment.Length)
            {
                return at;
            }

            if (segment[at] == (byte)'"')
            {
                return EndString(at + 1);
            }

            if (segment[at] != (byte)'\\')
            {
                return Fail(ScanError.ControlByteInString, at);
            }

            if (!_captures && segment.Length - at >= EscapeBlocks.BlockBytes)
            {
                var next = EscapeBlocks.Skip(segment, at, out var error);
                if (error != ScanError.None)
                {
                    return Fail(error, next);
                }

                if (next > at)
                {
                    at = next;
                    continue;
                }
            }

            if (_captures || at + 1 >= segment.Length || !IsSimpleEscape(segment[at + 1]))
            {
                _capture.AddEscape();
                _state = State.Escape;
                return at + 1;
            }

            at += 2;
        }
    }

    private int EndString(int end)
    {
        if (_isKey)
        {
            _key = _captures ? ScanRoles.KeyIn(Role, _capture.Text()) : ScanKey.None;
            _state = State.Colon;
            return end;
        }

        if (_captures)
        {
            FieldRecorder.EndString(Result, Role, _capture, _offset + end);
        }

        _state = State.AfterValue;
        return end;
    }

    private int InEscape(ReadOnlySpan<byte> segment, int at)
    {
        var value = segment[at];
        if (_captures)
        {
            _capture.Add([value]);
        }

        if (value == (byte)'u')
        {
            _left = 4;
            _state = State.Unicode;
            return at + 1;
        }

        _state = State.String;
        return IsSimpleEscape(value) ? at + 1 : Fail(ScanError.InvalidEscape, at);
    }

    private int InUnicode(ReadOnlySpan<byte> segment, int at)
    {
        while (at < segment.Length && _left > 0)
        {
            if (!char.IsAsciiHexDigit((char)segment[at]))
            {
                return Fail(ScanError.InvalidEscape, at);
            }

            if (_captures)
            {
                _capture.Add([segment[at]]);
            }

            _left--;
            at++;
        }

        _state = _left == 0 ? State.String : State.Unicode;
        return at;
    }

    private int InNumber(ReadOnlySpan<byte> segment, int at)
    {
        while (at < segment.Length && _number.TryTake(segment[at]))
        {
            at++;
        }

        if (at == segment.Length)
        {
            return at;
        }

        if (!_number.IsWhole)
        {
            return Fail(ScanError.UnexpectedByte, at);
        }

        FieldRecorder.EndNumber(Result, Role, _key, _number.PlainInteger);
        _state = State.AfterValue;
        return at;
    }

    private int InLiteral(ReadOnlySpan<byte> segment, int at)
    {
        var rest = LiteralRest[^_left..];
        while (at < segment.Length && !rest.IsEmpty)
        {
            if (segment[at] != rest[0])
            {
                return Fail(ScanError.UnexpectedByte, at);
            }

            rest = rest[1..];
            at++;
        }

        _left = rest.Length;
        _state = _left == 0 ? State.AfterValue : State.Literal;
        return at;
    }

    private int Fail(ScanError error, int at)
    {
        Error = error;
        ErrorOffset = _offset + at;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSimpleEscape(byte value) => value is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
}
