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
    private readonly StringToken _string = new();
    private NumberScanner _number;
    private LiteralToken _literal;
    private ScanState _state;
    private ScanKey _key;
    private int _depth;
    private bool _isKey;
    private bool _isKept;
    private bool _isMarked;
    private long _textBegin;
    private long _offset;

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
        _state = ScanState.Value;
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
                ScanState.String => InString(segment, at),
                ScanState.Number => InNumber(segment, at),
                ScanState.Literal => InLiteral(segment, at),
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
        if (Error == ScanError.None && _state != ScanState.End)
        {
            Error = ScanError.Truncated;
            ErrorOffset = _offset;
        }

        return Error == ScanError.None ? ScanStatus.Done : ScanStatus.Invalid;
    }

    // Between tokens: white space and punctuation, up to the first byte of a string, number or literal.
    private int Between(ReadOnlySpan<byte> segment, int at)
    {
        while (at < segment.Length && _state < ScanState.String && Error == ScanError.None)
        {
            var value = segment[at];
            if (value > 0x20)
            {
                at = Punctuation(segment, value, at);
            }
            else if (value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                at++;
            }
            else
            {
                return Fail(ScanError.UnexpectedByte, at);
            }
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Punctuation(ReadOnlySpan<byte> segment, byte value, int at)
    {
        switch (_state)
        {
            case ScanState.AfterValue:
                return After(segment, value, at);
            case ScanState.Colon when value == (byte)':':
                _state = ScanState.Value;
                return at + 1;
            case ScanState.Key or ScanState.FirstKey when value == (byte)'"':
                return BeginKey(segment, at + 1);
            case ScanState.FirstKey when value == (byte)'}':
            case ScanState.FirstItem when value == (byte)']':
                return Pop(at);
            case ScanState.Value or ScanState.FirstItem:
                return BeginValue(segment, value, at);
            default:
                return Fail(ScanError.UnexpectedByte, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int After(ReadOnlySpan<byte> segment, byte value, int at)
    {
        var isArray = Role.IsArray();
        if (value == (byte)',')
        {
            _state = isArray ? ScanState.Value : ScanState.Key;
            return isArray || !Follows(segment, at + 1, (byte)'"') ? at + 1 : BeginKey(segment, at + 2);
        }

        return value == (isArray ? (byte)']' : (byte)'}') ? Pop(at) : Fail(ScanError.UnexpectedByte, at);
    }

    private int Pop(int at)
    {
        FieldRecorder.EndContainer(Result, _roles[_depth], --_depth, _offset + at + 1);
        _state = _depth == 0 ? ScanState.End : ScanState.AfterValue;
        return at + 1;
    }

    private int Push(ScanRole role, ScanState next, int at)
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
            var hasColon = Follows(segment, end + 1, (byte)':');
            _state = hasColon ? ScanState.Value : ScanState.Colon;
            return hasColon ? end + 2 : end + 1;
        }

        BeginString(isKey: true, isKept: Role != ScanRole.OtherObject);
        return at;
    }

    private int BeginValue(ReadOnlySpan<byte> segment, byte value, int at)
    {
        if (_depth == 0 && value != (byte)'{')
        {
            return Fail(value is (byte)'}' or (byte)']' or (byte)',' or (byte)':' ? ScanError.UnexpectedByte : ScanError.NotAnObject, at);
        }

        switch (value)
        {
            case (byte)'"':
                Note(JsonShape.String, at);
                return BeginText(segment, at + 1);
            case (byte)'{':
                Note(JsonShape.Object, at);
                return Push(_depth == 0 ? ScanRole.Root : ScanRoles.ObjectIn(Role, _key), ScanState.FirstKey, at);
            case (byte)'[':
                Note(JsonShape.Array, at);
                return Push(ScanRoles.ArrayIn(Role, _key), ScanState.FirstItem, at);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                Note(JsonShape.Number, at);
                _number.Begin(value);
                _state = ScanState.Number;
                return at + 1;
            case (byte)'t' or (byte)'f' or (byte)'n':
                _literal.Begin(value);
                Note(_literal.Shape, at);
                _state = ScanState.Literal;
                return at + 1;
            default:
                return Fail(ScanError.UnexpectedByte, at);
        }
    }

    // Most strings lie in one piece, have no escape, and nobody wants to know what they say.
    private int BeginText(ReadOnlySpan<byte> segment, int at)
    {
        var isKept = _key != ScanKey.None && FieldRecorder.NeedsText(Role, _key);
        _isMarked = _key != ScanKey.None && FieldRecorder.NeedsEnd(Role, _key);
        _textBegin = _offset + at;
        var end = isKept || _isMarked ? at : StringSkipper.Skip(segment, at);
        if (end > at && Follows(segment, end, (byte)'"'))
        {
            _state = ScanState.AfterValue;
            return end + 1;
        }

        BeginString(isKey: false, isKept);
        return end;
    }

    private void BeginString(bool isKey, bool isKept)
    {
        _isKey = isKey;
        _isKept = isKept;
        _string.Begin(isKept);
        _state = ScanState.String;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Follows(ReadOnlySpan<byte> segment, int at, byte value) => at < segment.Length && segment[at] == value;

    private void Note(JsonShape shape, int at) => FieldRecorder.Begin(Result, Role, _key, shape, _offset + at);

    private int InString(ReadOnlySpan<byte> segment, int at)
    {
        at = _string.Read(segment, at, out var end);
        if (end == TokenEnd.Ended)
        {
            EndString(at);
        }

        return end == TokenEnd.Failed ? Fail(_string.Error, at) : at;
    }

    private void EndString(int end)
    {
        _state = _isKey ? ScanState.Colon : ScanState.AfterValue;
        if (_isKey)
        {
            _key = _isKept ? ScanRoles.KeyIn(Role, _string.Capture.Text()) : ScanKey.None;
        }
        else if (_isKept)
        {
            FieldRecorder.EndString(Result, Role, _string.Capture, _offset + end);
        }
        else if (_isMarked)
        {
            FieldRecorder.EndPlainString(Result, _key, _textBegin, _offset + end);
        }
    }

    private int InNumber(ReadOnlySpan<byte> segment, int at)
    {
        while (at < segment.Length && _number.TryTake(segment[at]))
        {
            at++;
        }

        if (at < segment.Length)
        {
            FieldRecorder.EndNumber(Result, Role, _key, _number.PlainInteger);
            _state = ScanState.AfterValue;
        }

        return at == segment.Length || _number.IsWhole ? at : Fail(ScanError.UnexpectedByte, at);
    }

    private int InLiteral(ReadOnlySpan<byte> segment, int at)
    {
        at = _literal.Read(segment, at, out var end);
        _state = end == TokenEnd.Ended ? ScanState.AfterValue : ScanState.Literal;
        return end == TokenEnd.Failed ? Fail(ScanError.UnexpectedByte, at) : at;
    }

    private int Fail(ScanError error, int at)
    {
        Error = error;
        ErrorOffset = _offset + at;
        return at;
    }
}
