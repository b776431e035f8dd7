namespace Gateway.Http.Wire;

/// <summary>The fields the gateway looks at.</summary>
public enum KnownHeader : byte
{
#pragma warning disable CS1591 // the names are the fields'
    None,
    Host,
    ContentLength,
    TransferEncoding,
    Connection,
    KeepAlive,
    Upgrade,
    Te,
    Trailer,
    Http2Settings,
    ProxyConnection,
    ProxyAuthenticate,
    ProxyAuthorization,
    Expect,
    ContentType,
    ContentEncoding,
    AcceptEncoding,
    Authorization,
    XApiKey,
    Cookie,
    Date,
    RetryAfter,
    RequestId,
    Origin,
    SecFetchSite,
    Traceparent,
    Tracestate,
    Baggage,
    Forwarded,

    /// <summary>Any field that begins with <c>x-gateway-</c>: between the client and the gateway.</summary>
    Gateway,
#pragma warning restore CS1591
}

/// <summary>From names to the fields the gateway looks at, by length first (RFC 9110 section 5.1: names are case-insensitive).</summary>
internal static class KnownHeaders
{
    public static KnownHeader Identify(ReadOnlySpan<byte> name)
    {
        var known = IdentifyByLength(name);
        return known == KnownHeader.None && IsGateway(name) ? KnownHeader.Gateway : known;
    }

    private static KnownHeader IdentifyByLength(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => Match(name, "te"u8, KnownHeader.Te),
        4 => (name[0] | 0x20) switch
        {
            (byte)'h' => Match(name, "host"u8, KnownHeader.Host),
            (byte)'d' => Match(name, "date"u8, KnownHeader.Date),
            _ => KnownHeader.None,
        },
        6 => (name[0] | 0x20) switch
        {
            (byte)'e' => Match(name, "expect"u8, KnownHeader.Expect),
            (byte)'c' => Match(name, "cookie"u8, KnownHeader.Cookie),
            (byte)'o' => Match(name, "origin"u8, KnownHeader.Origin),
            _ => KnownHeader.None,
        },
        7 => (name[0] | 0x20) switch
        {
            (byte)'u' => Match(name, "upgrade"u8, KnownHeader.Upgrade),
            (byte)'t' => Match(name, "trailer"u8, KnownHeader.Trailer),
            (byte)'b' => Match(name, "baggage"u8, KnownHeader.Baggage),
            _ => KnownHeader.None,
        },
        9 => (name[0] | 0x20) switch
        {
            (byte)'x' when (name[2] | 0x20) == 'a' => Match(name, "x-api-key"u8, KnownHeader.XApiKey),
            (byte)'x' => Match(name, "x-real-ip"u8, KnownHeader.Forwarded),
            _ => Match(name, "forwarded"u8, KnownHeader.Forwarded),
        },
        10 => (name[0] | 0x20) switch
        {
            (byte)'c' => Match(name, "connection"u8, KnownHeader.Connection),
            (byte)'k' => Match(name, "keep-alive"u8, KnownHeader.KeepAlive),
            (byte)'r' => Match(name, "request-id"u8, KnownHeader.RequestId),
            (byte)'t' => Match(name, "tracestate"u8, KnownHeader.Tracestate),
            _ => KnownHeader.None,
        },
        11 => (name[0] | 0x20) switch
        {
            (byte)'r' => Match(name, "retry-after"u8, KnownHeader.RetryAfter),
            (byte)'t' => Match(name, "traceparent"u8, KnownHeader.Traceparent),
            _ => KnownHeader.None,
        },
        12 => Match(name, "content-type"u8, KnownHeader.ContentType),
        13 => Match(name, "authorization"u8, KnownHeader.Authorization),
        14 => (name[0] | 0x20) switch
        {
            (byte)'c' => Match(name, "content-length"u8, KnownHeader.ContentLength),
            (byte)'s' => Match(name, "sec-fetch-site"u8, KnownHeader.SecFetchSite),
            _ => Match(name, "http2-settings"u8, KnownHeader.Http2Settings),
        },
        15 => (name[0] | 0x20) switch
        {
            (byte)'a' => Match(name, "accept-encoding"u8, KnownHeader.AcceptEncoding),
            _ => Match(name, "x-forwarded-for"u8, KnownHeader.Forwarded),
        },
        16 => (name[0] | 0x20) switch
        {
            (byte)'c' => Match(name, "content-encoding"u8, KnownHeader.ContentEncoding),
            (byte)'x' when (name[12] | 0x20) == 'h' => Match(name, "x-forwarded-host"u8, KnownHeader.Forwarded),
            (byte)'x' => Match(name, "x-forwarded-port"u8, KnownHeader.Forwarded),
            _ => Match(name, "proxy-connection"u8, KnownHeader.ProxyConnection),
        },
        17 => (name[0] | 0x20) switch
        {
            (byte)'t' => Match(name, "transfer-encoding"u8, KnownHeader.TransferEncoding),
            _ => Match(name, "x-forwarded-proto"u8, KnownHeader.Forwarded),
        },
        18 => Match(name, "proxy-authenticate"u8, KnownHeader.ProxyAuthenticate),
        19 => Match(name, "proxy-authorization"u8, KnownHeader.ProxyAuthorization),
        _ => KnownHeader.None,
    };

    /// <summary>Those before it belong to one connection or to the framing: the gateway writes its own or none (RFC 9110 section 7.6.1).</summary>
    public const KnownHeader FirstForwardable = KnownHeader.ContentType;

    /// <summary>Tells who somebody is.</summary>
    public static bool IsCredential(KnownHeader header) =>
        header is KnownHeader.Authorization or KnownHeader.XApiKey or KnownHeader.Cookie or KnownHeader.ProxyAuthorization;

    /// <summary>
    /// Content_Length and Transfer_Encoding are legal tokens, but whoever maps names to variables (RFC 3875 section
    /// 4.1.18) cannot tell them from the real ones: passed on, they could frame a message for somebody behind us.
    /// </summary>
    public static bool IsDisguisedFraming(ReadOnlySpan<byte> name) => name.Length switch
    {
        14 => name[7] == (byte)'_' && IsPair(name, "content"u8, "length"u8),
        17 => name[8] == (byte)'_' && IsPair(name, "transfer"u8, "encoding"u8),
        _ => false,
    };

    private static bool IsGateway(ReadOnlySpan<byte> name) =>
        name.Length > 10 && (name[2] | 0x20) == 'g' && AsciiSets.EqualsToken(name[..10], "x-gateway-"u8);

    private static bool IsPair(ReadOnlySpan<byte> name, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        System.Text.Ascii.EqualsIgnoreCase(name[..first.Length], first) &&
        System.Text.Ascii.EqualsIgnoreCase(name[(first.Length + 1)..], second);

    private static KnownHeader Match(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCase, KnownHeader header) =>
        AsciiSets.EqualsToken(name, lowerCase) ? header : KnownHeader.None;
}
