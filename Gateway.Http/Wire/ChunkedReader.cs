namespace Gateway.Http.Wire;

/// <summary>What a step of the chunked decoder found.</summary>
public enum ChunkStep : byte
{
    /// <summary>All input was framing; more is needed.</summary>
    NeedMoreBytes,

    /// <summary>A piece of payload.</summary>
    Payload,

    /// <summary>The body is whole.</summary>
    End,

    /// <summary>The framing is wrong.</summary>
    Rejected,
}

/// <summary>Takes payload out of the chunked coding, cut anywhere, without copying it (RFC 9112 section 7.1).</summary>
public struct ChunkedReader
{
    // 15 hexadecimal digits fit a long with room to spare.
    private const int MostSizeDigits = 15;

    private Stage _stage;
    private int _digits;
    private int _lineBytes;
    private int _trailerBytes;
    private long _left;
    private ChunkExtension _extension;
    private bool _fieldHasColon;

    private enum Stage : byte
    {
        Size,
        Extension,
        SizeLineFeed,
        Payload,
        PayloadReturn,
        PayloadLineFeed,
        TrailerStart,
        TrailerField,
        TrailerLineFeed,
        LastLineFeed,
        Done,
    }

    /// <summary>Reads up to the end of the next piece of payload.</summary>
    /// <param name="input">The next bytes.</param>
    /// <param name="limits">Longest lines.</param>
    /// <param name="consumed">Bytes of the input that are done with, the piece included.</param>
    /// <param name="start">Where the piece begins in the input.</param>
    /// <param name="length">Its length; 0 without one.</param>
    /// <param name="reason">What is wrong.</param>
    public ChunkStep Read(
        ReadOnlySpan<byte> input, HttpLimits limits, out int consumed, out int start, out int length, out RejectReason reason)
    {
        start = length = consumed = 0;
        while (consumed < input.Length && _stage != Stage.Done)
        {
            if (_stage == Stage.Payload)
            {
                start = consumed;
                length = (int)Math.Min(_left, input.Length - consumed);
                consumed += length;
                _left -= length;
                _stage = _left == 0 ? Stage.PayloadReturn : Stage.Payload;
                reason = RejectReason.None;
                return ChunkStep.Payload;
            }

            reason = Step(input[consumed], limits);
            if (reason != RejectReason.None)
            {
                return ChunkStep.Rejected;
            }

            consumed++;
        }

        reason = RejectReason.None;
        return _stage == Stage.Done ? ChunkStep.End : ChunkStep.NeedMoreBytes;
    }

    private static int HexValue(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => -1,
    };

    private RejectReason Step(byte value, HttpLimits limits) => _stage switch
    {
        Stage.Size => Size(value, limits),
        Stage.Extension => Extension(value, limits),
        Stage.SizeLineFeed => LineFeed(value, AfterSizeLine(), RejectReason.ChunkSizeMalformed),
        Stage.PayloadReturn => Expect(value, (byte)'\r', Stage.PayloadLineFeed, RejectReason.ChunkNotTerminated),
        Stage.PayloadLineFeed => LineFeed(value, Stage.Size, RejectReason.ChunkNotTerminated),
        Stage.LastLineFeed => Expect(value, (byte)'\n', Stage.Done, RejectReason.TrailerMalformed),
        _ => Trailer(value, limits),
    };

    private RejectReason Size(byte value, HttpLimits limits)
    {
        var digit = HexValue(value);
        if (digit >= 0)
        {
            _left = (_left << 4) | (uint)digit;
            return ++_digits > MostSizeDigits ? RejectReason.ChunkSizeTooLarge : RejectReason.None;
        }

        if (_digits == 0)
        {
            return RejectReason.ChunkSizeMalformed;
        }

        switch (value)
        {
            case (byte)'\r':
                _stage = Stage.SizeLineFeed;
                return RejectReason.None;
            case (byte)';' or (byte)' ' or (byte)'\t':
                // BWS before the semicolon is ours to accept (RFC 9110 section 5.6.3); alone before CR LF it is not.
                _stage = Stage.Extension;
                _lineBytes = _digits;
                _extension = default;
                return Extension(value, limits);
            default:
                return RejectReason.ChunkSizeMalformed;
        }
    }

    // Extensions are ignored, but only well-formed ones: a line break hidden in one is how requests are smuggled.
    private RejectReason Extension(byte value, HttpLimits limits)
    {
        if (value == (byte)'\r' && _extension.MayEnd)
        {
            _stage = Stage.SizeLineFeed;
            return RejectReason.None;
        }

        return ++_lineBytes > limits.MaxChunkLineBytes ? RejectReason.ChunkLineTooLong
            : _extension.Step(value) ? RejectReason.None
            : RejectReason.ChunkExtensionMalformed;
    }

    private readonly Stage AfterSizeLine() => _left == 0 ? Stage.TrailerStart : Stage.Payload;

    private RejectReason LineFeed(byte value, Stage next, RejectReason otherwise)
    {
        _digits = 0;
        return Expect(value, (byte)'\n', next, otherwise);
    }

    private RejectReason Expect(byte value, byte expected, Stage next, RejectReason otherwise)
    {
        if (value != expected)
        {
            return otherwise;
        }

        _stage = next;
        return RejectReason.None;
    }

    // Trailer fields are checked like fields and dropped (RFC 9110 section 6.5.1).
    private RejectReason Trailer(byte value, HttpLimits limits)
    {
        if (++_trailerBytes > limits.MaxTrailerBytes)
        {
            return RejectReason.TrailerTooLong;
        }

        switch (_stage)
        {
            case Stage.TrailerStart when value == (byte)'\r':
                _stage = Stage.LastLineFeed;
                return RejectReason.None;
            case Stage.TrailerStart:
                _fieldHasColon = false;
                _stage = Stage.TrailerField;
                return AsciiSets.Token.Contains(value) ? RejectReason.None : RejectReason.TrailerMalformed;
            case Stage.TrailerField:
                return TrailerField(value);
            default:
                return Expect(value, (byte)'\n', Stage.TrailerStart, RejectReason.TrailerMalformed);
        }
    }

    private RejectReason TrailerField(byte value)
    {
        if (!_fieldHasColon)
        {
            _fieldHasColon = value == (byte)':';
            return _fieldHasColon || AsciiSets.Token.Contains(value) ? RejectReason.None : RejectReason.TrailerMalformed;
        }

        if (value == (byte)'\r')
        {
            _stage = Stage.TrailerLineFeed;
            return RejectReason.None;
        }

        return AsciiSets.Controls.Contains(value) ? RejectReason.TrailerMalformed : RejectReason.None;
    }
}
