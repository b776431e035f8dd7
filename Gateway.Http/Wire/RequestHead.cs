namespace Gateway.Http.Wire;

/// <summary>A parsed request head. Reused; it points into the bytes it was parsed from.</summary>
public sealed class RequestHead
{
    private ArraySegment<byte> _head = ArraySegment<byte>.Empty;
    private readonly FieldMemory _memory;
    private State _state;

    internal RequestHead(FieldMemory memory) => _memory = memory;

    /// <summary>The fields.</summary>
    public HeaderTable Headers { get; } = new();

    /// <summary>The method, where it has a name here.</summary>
    public RequestMethod Method => _state.Method;

    /// <summary>The method's token.</summary>
    public ReadOnlySpan<byte> MethodText => _head.AsSpan()[_state.MethodText];

    /// <summary>The request-target as it was sent.</summary>
    public ReadOnlySpan<byte> Target => _head.AsSpan()[_state.Target];

    /// <summary>Path of the target, neither decoded nor normalised.</summary>
    public ReadOnlySpan<byte> Path => _head.AsSpan()[_state.Path];

    /// <summary>Query with its question mark, or empty.</summary>
    public ReadOnlySpan<byte> Query => _head.AsSpan()[_state.Query];

    /// <summary>The Host field, or empty.</summary>
    public ReadOnlySpan<byte> Host => Headers.TryGet(KnownHeader.Host, out var host) ? host : default;

    /// <summary>0 for HTTP/1.0, 1 for HTTP/1.1.</summary>
    public int MinorVersion => _state.MinorVersion;

    /// <summary>Length of the body.</summary>
    public BodyFraming Framing => _state.Framing;

    /// <summary>The client wants to go on using the connection (RFC 9112 section 9.3).</summary>
    public bool KeepAlive => _state.KeepAlive;

    /// <summary>The client waits for 100 before it sends the body (RFC 9110 section 10.1.1).</summary>
    public bool ExpectsContinue => _state.ExpectsContinue;

    /// <summary>A head of nothing: what a refused one looks like.</summary>
    public void Reset()
    {
        _head = ArraySegment<byte>.Empty;
        _state = new State { MinorVersion = 1 };
        Headers.Reset(_head);
    }

    /// <summary>Parses a whole head, from the request line to the empty line.</summary>
    public RejectReason Parse(ArraySegment<byte> head, HttpLimits limits)
    {
        var reason = ParseAll(head, limits);
        return reason == RejectReason.None ? reason : HeadBoundary.Explain(isRequest: true, head.AsSpan(), limits, reason);
    }

    private RejectReason ParseAll(ArraySegment<byte> head, HttpLimits limits)
    {
        _state = default;
        _head = head.AsSpan().StartsWith("\r\n"u8) ? head[2..] : head;
        Headers.Reset(_head);
        var bytes = _head.AsSpan();
        var lineEnd = bytes.IndexOf("\r\n"u8);
        if (lineEnd < 0)
        {
            return RejectReason.RequestLineMalformed;
        }

        var reason = RequestLineParser.Parse(bytes[..lineEnd], limits, out var line);
        if (reason == RejectReason.None)
        {
            reason = ReadLine(line);
        }

        if (reason == RejectReason.None)
        {
            reason = HeaderParser.Parse(bytes, lineEnd + 2, Headers, _memory, limits);
        }

        return reason == RejectReason.None ? ReadFields() : reason;
    }

    private RejectReason ReadLine(RequestLine line)
    {
        _state.MethodText = line.Method;
        _state.Method = RequestMethods.Identify(MethodText);
        _state.Target = line.Target;
        _state.MinorVersion = line.MinorVersion;
        if (_state.Method is RequestMethod.Connect or RequestMethod.Trace)
        {
            // RFC 9110 sections 9.3.6 and 9.3.8: no tunnels; and TRACE would show the client the credential we add.
            return RejectReason.MethodNotSupported;
        }

        var target = Target;
        var pathStart = 0;
        if (target[0] != (byte)'/' && !(target is [(byte)'*'] && _state.Method == RequestMethod.Options))
        {
            pathStart = AuthorityEnd(target, out _state.Authority);
            if (pathStart < 0)
            {
                return RejectReason.TargetMalformed;
            }
        }

        var question = target[pathStart..].IndexOf((byte)'?');
        var pathEnd = question < 0 ? target.Length : pathStart + question;
        var start = line.Target.Start.Value;
        _state.Path = (start + pathStart)..(start + pathEnd);
        _state.Query = (start + pathEnd)..(start + target.Length);

        // The query is the provider's to judge; in a path an escape out of order only serves to confuse.
        return PercentEscapes.AreValid(Path) ? RejectReason.None : RejectReason.TargetEscapeMalformed;
    }

    // absolute-form (RFC 9112 section 3.2.2): servers must accept it. An empty path stays empty and matches nothing.
    private int AuthorityEnd(ReadOnlySpan<byte> target, out Range authority)
    {
        authority = default;
        var scheme = target.IndexOf("://"u8);
        if (scheme < 0 || !(System.Text.Ascii.EqualsIgnoreCase(target[..scheme], "http"u8) || System.Text.Ascii.EqualsIgnoreCase(target[..scheme], "https"u8)))
        {
            return -1;
        }

        var start = scheme + 3;
        var length = target[start..].IndexOfAny((byte)'/', (byte)'?');
        length = length < 0 ? target.Length - start : length;
        var offset = _state.Target.Start.Value;
        authority = (offset + start)..(offset + start + length);
        return HostParser.IsValid(target.Slice(start, length)) ? start + length : -1;
    }

    private RejectReason ReadFields()
    {
        var reason = CheckHost();
        if (reason != RejectReason.None)
        {
            return reason;
        }

        reason = ConnectionField.Read(Headers, out var options);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        _state.KeepAlive = ConnectionField.Persists(options, _state.MinorVersion);
        reason = BodyFraming.ForRequest(Headers, _state.MinorVersion, out _state.Framing);
        return reason == RejectReason.None && HasRepeatedSingle() ? RejectReason.FieldRepeated
            : reason == RejectReason.None ? ReadExpectation()
            : reason;
    }

    private RejectReason CheckHost()
    {
        // RFC 9112 section 3.2: exactly one, valid; HTTP/1.0 may go without.
        if (!Headers.Has(KnownHeader.Host))
        {
            return _state.MinorVersion == 0 ? RejectReason.None : RejectReason.HostMissing;
        }

        if (Headers.Repeats(KnownHeader.Host))
        {
            return RejectReason.HostRepeated;
        }

        if (!HostParser.IsValid(Host))
        {
            return RejectReason.HostMalformed;
        }

        var authority = _head.AsSpan()[_state.Authority];
        return authority.IsEmpty || System.Text.Ascii.EqualsIgnoreCase(authority, Host) ? RejectReason.None : RejectReason.TargetAndHostDiffer;
    }

    // RFC 9110 section 5.3: what is no list comes once. Of two, somebody behind us might take the other one: another
    // type for the body, another identity for the client.
    private bool HasRepeatedSingle() =>
        Headers.Repeats(KnownHeader.ContentType)
        || Headers.Repeats(KnownHeader.Authorization)
        || Headers.Repeats(KnownHeader.XApiKey);

    private RejectReason ReadExpectation()
    {
        if (!Headers.TryGet(KnownHeader.Expect, out var value))
        {
            return RejectReason.None;
        }

        if (!System.Text.Ascii.EqualsIgnoreCase(value, "100-continue"u8) || Headers.Repeats(KnownHeader.Expect))
        {
            return RejectReason.ExpectationUnknown;
        }

        // RFC 9110 section 10.1.1: ignored from HTTP/1.0, and pointless without a body.
        _state.ExpectsContinue = _state.MinorVersion == 1 && _state.Framing.Kind != FramingKind.None;
        return RejectReason.None;
    }

    private struct State
    {
        public RequestMethod Method;
        public Range MethodText;
        public Range Target;
        public Range Authority;
        public Range Path;
        public Range Query;
        public int MinorVersion;
        public BodyFraming Framing;
        public bool KeepAlive;
        public bool ExpectsContinue;
    }
}
