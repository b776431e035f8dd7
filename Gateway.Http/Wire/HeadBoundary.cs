using System.Buffers;

namespace Gateway.Http.Wire;

/// <summary>Finds the end of a head while it arrives, and refuses at once what no head may hold.</summary>
public struct HeadBoundary
{
    private readonly bool _isRequest;
    private bool _afterCarriageReturn;
    private bool _skippedEmptyLine;
    private int _spaces;
    private int _lines;
    private int _lineBytes;
    private int _total;

    private HeadBoundary(bool isRequest) => _isRequest = isRequest;

    /// <summary>A search for the end of a request's head.</summary>
    public static HeadBoundary ForRequest() => new(isRequest: true);

    /// <summary>A search for the end of a response's head.</summary>
    public static HeadBoundary ForResponse() => new(isRequest: false);

    /// <summary>Looks at the next bytes; <paramref name="end"/> is the index in them just behind the head.</summary>
    public ParseStatus Examine(ReadOnlySpan<byte> bytes, HttpLimits limits, out int end, out RejectReason reason)
    {
        reason = RejectReason.None;
        return TryFindWhole(bytes, limits, out end) ? ParseStatus.Done : Search(bytes, limits, out end, out reason);
    }

    /// <summary>The same over bytes that lie in several pieces.</summary>
    public ParseStatus Examine(in ReadOnlySequence<byte> bytes, HttpLimits limits, out int end, out RejectReason reason)
    {
        reason = RejectReason.None;
        end = 0;
        foreach (var segment in bytes)
        {
            var status = Examine(segment.Span, limits, out var endInSegment, out reason);
            if (status != ParseStatus.NeedMoreBytes)
            {
                end += endInSegment;
                return status;
            }

            end += segment.Length;
        }

        return ParseStatus.NeedMoreBytes;
    }

    /// <summary>
    /// Why a whole head is refused, closer to the cause: if a byte or a line is wrong, then what the parser made of the
    /// parts around it misleads.
    /// </summary>
    internal static RejectReason Explain(bool isRequest, ReadOnlySpan<byte> head, HttpLimits limits, RejectReason refusal) =>
        new HeadBoundary(isRequest).Search(head, limits, out _, out var reason) == ParseStatus.Rejected ? reason : refusal;

    // Nearly every head arrives whole. Then one search is enough, since the parser judges every byte itself.
    private readonly bool TryFindWhole(ReadOnlySpan<byte> bytes, HttpLimits limits, out int end)
    {
        end = 0;
        if (_total + _lineBytes > 0 || _afterCarriageReturn || bytes is [] or [(byte)'\r', ..])
        {
            return false;
        }

        var last = bytes.IndexOf("\r\n\r\n"u8);
        end = last + 4;
        return last >= 0 && end <= limits.MaxHeadBytes;
    }

    private ParseStatus Search(ReadOnlySpan<byte> bytes, HttpLimits limits, out int end, out RejectReason reason)
    {
        end = 0;
        reason = RejectReason.None;
        for (var at = 0; at < bytes.Length;)
        {
            if (_afterCarriageReturn)
            {
                if (bytes[at] != (byte)'\n')
                {
                    reason = RejectReason.BareCarriageReturn;
                    return ParseStatus.Rejected;
                }

                at++;
                if (EndLine(ref reason))
                {
                    end = at;
                    return reason == RejectReason.None ? ParseStatus.Done : ParseStatus.Rejected;
                }

                continue;
            }

            var next = AsciiSets.IndexOfControl(bytes, at);
            reason = Take(bytes[at..next], limits);
            at = next;
            if (reason == RejectReason.None && at < bytes.Length)
            {
                reason = Control(bytes[at]);
                at++;
            }

            if (reason != RejectReason.None)
            {
                return ParseStatus.Rejected;
            }
        }

        return ParseStatus.NeedMoreBytes;
    }

    private RejectReason Take(ReadOnlySpan<byte> text, HttpLimits limits)
    {
        if (_lines > 0 && _lineBytes == 0 && text is [(byte)' ' or (byte)'\t', ..])
        {
            // RFC 9112 sections 2.2 and 5.2: no line of a head begins with white space.
            return RejectReason.FoldedField;
        }

        if (_isRequest && _lines == 0)
        {
            var method = text.IndexOf((byte)' ');
            if (_spaces == 0 && _lineBytes + (method < 0 ? text.Length : method) > RequestLineParser.MaxMethodBytes)
            {
                return RejectReason.MethodTooLong;
            }

            _spaces += text.Count((byte)' ');
        }

        _lineBytes += text.Length;
        _total += text.Length;
        return CheckLength(limits);
    }

    private RejectReason Control(byte control)
    {
        if (control == (byte)'\r')
        {
            _afterCarriageReturn = true;
            return RejectReason.None;
        }

        return control == (byte)'\n' ? RejectReason.BareLineFeed : RejectReason.ControlByte;
    }

    // True if the head, or the hope for one, ends here.
    private bool EndLine(ref RejectReason reason)
    {
        _afterCarriageReturn = false;
        _total += 2;
        if (_lineBytes > 0)
        {
            // A client that speaks HTTP/0.9 sends this one line and waits for ever.
            var isShort = _isRequest && _lines == 0 && _spaces < 2;
            reason = isShort ? RejectReason.RequestLineMalformed : RejectReason.None;
            _lines++;
            _lineBytes = 0;
            return isShort;
        }

        if (_lines > 0)
        {
            return true;
        }

        if (_isRequest && !_skippedEmptyLine)
        {
            // RFC 9112 section 2.2: one empty line before the request line is what some old clients send after a POST.
            _skippedEmptyLine = true;
            return false;
        }

        reason = _isRequest ? RejectReason.EmptyLineBeforeRequest : RejectReason.StatusLineMalformed;
        return true;
    }

    private readonly RejectReason CheckLength(HttpLimits limits)
    {
        // RFC 9112 section 3: too long a target is 414, anything else about the head 431 (RFC 6585 section 5).
        if (_isRequest && _lines == 0 && _lineBytes > limits.MaxTargetBytes + MethodAndVersion)
        {
            return RejectReason.TargetTooLong;
        }

        return _total > limits.MaxHeadBytes ? RejectReason.HeadTooLong
            : _lines > limits.MaxFields ? RejectReason.TooManyFields
            : RejectReason.None;
    }

    // Room for the longest method one would meet, two spaces and the version.
    private const int MethodAndVersion = 64;
}
