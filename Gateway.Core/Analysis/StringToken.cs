using System.Runtime.CompilerServices;

namespace Gateway.Core.Analysis;

/// <summary>How far a token was read.</summary>
internal enum TokenEnd : byte
{
    /// <summary>The segment ended inside it.</summary>
    More,

    /// <summary>It is whole.</summary>
    Ended,

    /// <summary>It is wrong at the index returned.</summary>
    Failed,
}

/// <summary>The inside of a string and its closing quote, cut anywhere (RFC 8259 section 7); kept only if somebody wants the text.</summary>
internal sealed class StringToken
{
    private const int UnicodeDigits = 4;

    private Part _part;
    private int _digitsLeft;
    private bool _isKept;

    private enum Part : byte
    {
        Plain,
        Escape,
        Unicode,
    }

    /// <summary>The text, if it was to be kept.</summary>
    public StringCapture Capture { get; } = new();

    /// <summary>What is wrong.</summary>
    public ScanError Error { get; private set; }

    /// <summary>Begins behind the opening quote.</summary>
    public void Begin(bool isKept)
    {
        _part = Part.Plain;
        _isKept = isKept;
        if (isKept)
        {
            Capture.Begin();
        }
    }

    /// <summary>Reads on; the index returned is behind the closing quote, at the error, or the segment's end.</summary>
    public int Read(ReadOnlySpan<byte> segment, int at, out TokenEnd end)
    {
        end = TokenEnd.More;
        while (at < segment.Length && end == TokenEnd.More)
        {
            at = _part switch
            {
                Part.Plain when _isKept => ReadKept(segment, at, out end),
                Part.Plain => ReadPlain(segment, at, out end),
                Part.Escape => ReadEscape(segment[at], at, out end),
                _ => ReadUnicode(segment[at], at, out end),
            };
        }

        return at;
    }

    private int ReadKept(ReadOnlySpan<byte> segment, int at, out TokenEnd end)
    {
        var stop = StringSkipper.Skip(segment, at);
        Capture.Add(segment[at..stop]);
        if (stop < segment.Length && segment[stop] == (byte)'\\')
        {
            Capture.AddEscape();
        }

        return AtStop(segment, stop, out end);
    }

    private int ReadPlain(ReadOnlySpan<byte> segment, int at, out TokenEnd end)
    {
        while (true)
        {
            at = StringSkipper.Skip(segment, at);
            if (at >= segment.Length || segment[at] != (byte)'\\')
            {
                return AtStop(segment, at, out end);
            }

            var start = at;
            if (segment.Length - at >= EscapeBlocks.BlockBytes)
            {
                at = EscapeBlocks.Skip(segment, at, out var error);
                if (error != ScanError.None)
                {
                    return Fail(error, at, out end);
                }
            }

            if (at == start)
            {
                // Too near the end of the segment for blocks: one escape by itself.
                return AtStop(segment, at, out end);
            }
        }
    }

    private int AtStop(ReadOnlySpan<byte> segment, int at, out TokenEnd end)
    {
        end = TokenEnd.More;
        if (at >= segment.Length)
        {
            return at;
        }

        switch (segment[at])
        {
            case (byte)'"':
                end = TokenEnd.Ended;
                return at + 1;
            case (byte)'\\':
                _part = Part.Escape;
                return at + 1;
            default:
                return Fail(ScanError.ControlByteInString, at, out end);
        }
    }

    private int ReadEscape(byte value, int at, out TokenEnd end)
    {
        Keep(value);
        end = TokenEnd.More;
        _digitsLeft = UnicodeDigits;
        _part = value == (byte)'u' ? Part.Unicode : Part.Plain;
        return value == (byte)'u' || IsSimpleEscape(value) ? at + 1 : Fail(ScanError.InvalidEscape, at, out end);
    }

    private int ReadUnicode(byte value, int at, out TokenEnd end)
    {
        Keep(value);
        end = TokenEnd.More;
        if (!char.IsAsciiHexDigit((char)value))
        {
            return Fail(ScanError.InvalidEscape, at, out end);
        }

        _part = --_digitsLeft == 0 ? Part.Plain : Part.Unicode;
        return at + 1;
    }

    private void Keep(byte value)
    {
        if (_isKept)
        {
            Capture.Add([value]);
        }
    }

    private int Fail(ScanError error, int at, out TokenEnd end)
    {
        Error = error;
        end = TokenEnd.Failed;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSimpleEscape(byte value) =>
        value is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
}
