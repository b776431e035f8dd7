namespace Gateway.Http.Wire;

/// <summary>A parsed response head. Reused; it points into the bytes it was parsed from.</summary>
public sealed class ResponseHead
{
    private ArraySegment<byte> _head = ArraySegment<byte>.Empty;
    private readonly FieldMemory _memory;
    private State _state;

    internal ResponseHead(FieldMemory memory) => _memory = memory;

    /// <summary>The fields.</summary>
    public HeaderTable Headers { get; } = new();

    /// <summary>Status, 100 to 999; 0 before a head was parsed.</summary>
    public int Status => _state.Status;

    /// <summary>The reason phrase, or empty.</summary>
    public ReadOnlySpan<byte> Reason => _head.AsSpan()[_state.Reason];

    /// <summary>Length of the body.</summary>
    public BodyFraming Framing => _state.Framing;

    /// <summary>The provider wants to go on using the connection.</summary>
    public bool KeepAlive => _state.KeepAlive;

    /// <summary>A head of nothing.</summary>
    public void Reset()
    {
        _head = ArraySegment<byte>.Empty;
        _state = default;
        Headers.Reset(_head);
    }

    /// <summary>Parses a whole head, from the status line to the empty line.</summary>
    public RejectReason Parse(ArraySegment<byte> head, bool requestWasHead, HttpLimits limits)
    {
        var reason = ParseAll(head, requestWasHead, limits);
        return reason == RejectReason.None ? reason : HeadBoundary.Explain(isRequest: false, head.AsSpan(), limits, reason);
    }

    private RejectReason ParseAll(ArraySegment<byte> head, bool requestWasHead, HttpLimits limits)
    {
        _state = default;
        _head = head;
        Headers.Reset(head);
        var bytes = head.AsSpan();
        var lineEnd = bytes.IndexOf("\r\n"u8);
        if (lineEnd < 0)
        {
            return RejectReason.StatusLineMalformed;
        }

        var reason = ParseStatusLine(bytes[..lineEnd], out var minorVersion);
        if (reason == RejectReason.None)
        {
            reason = HeaderParser.Parse(bytes, lineEnd + 2, Headers, _memory, limits);
        }

        if (reason == RejectReason.None)
        {
            reason = BodyFraming.ForResponse(Headers, minorVersion, _state.Status, requestWasHead, out _state.Framing);
        }

        if (reason != RejectReason.None)
        {
            return reason;
        }

        reason = ConnectionField.Read(Headers, out var options);
        _state.KeepAlive = ConnectionField.Persists(options, minorVersion) && _state.Framing.Kind != FramingKind.UntilClose;
        return reason;
    }

    // status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 section 4).
    private RejectReason ParseStatusLine(ReadOnlySpan<byte> line, out int minorVersion)
    {
        minorVersion = 0;
        if (line.Length < 12 || line[8] != (byte)' ')
        {
            return RejectReason.StatusLineMalformed;
        }

        var reason = RequestLineParser.ParseVersion(line[..8], out minorVersion);
        var code = line.Slice(9, 3);
        if (reason != RejectReason.None || code.IndexOfAnyExcept(AsciiSets.Digits) >= 0 || code[0] == (byte)'0')
        {
            return RejectReason.StatusLineMalformed;
        }

        // The space before an empty phrase is forgotten often enough (section 4 lets the phrase be empty, not the space).
        if (line.Length > 12 && (line[12] != (byte)' ' || line[13..].IndexOfAny(AsciiSets.Controls) >= 0))
        {
            return RejectReason.StatusLineMalformed;
        }

        _state.Status = ((code[0] - '0') * 100) + ((code[1] - '0') * 10) + (code[2] - '0');
        _state.Reason = Math.Min(13, line.Length)..line.Length;
        return RejectReason.None;
    }

    private struct State
    {
        public int Status;
        public Range Reason;
        public BodyFraming Framing;
        public bool KeepAlive;
    }
}
