namespace Gateway.Http.Wire;

/// <summary>Why bytes are refused; docs/wire-strictness.md names the rule behind each.</summary>
public enum RejectReason : byte
{
#pragma warning disable CS1591 // each name is explained by its text below
    None,
    BareCarriageReturn,
    BareLineFeed,
    ControlByte,
    EmptyLineBeforeRequest,
    HeadTooLong,
    TooManyFields,
    TargetTooLong,
    RequestLineMalformed,
    MethodNotToken,
    TargetMalformed,
    TargetAndHostDiffer,
    ConnectNotSupported,
    VersionMalformed,
    VersionNotSupported,
    FieldNameMalformed,
    FieldValueMalformed,
    FoldedField,
    ConnectionMalformed,
    HostMissing,
    HostRepeated,
    HostMalformed,
    ContentLengthMalformed,
    ContentLengthRepeated,
    ContentLengthWithTransferEncoding,
    TransferEncodingRepeated,
    TransferEncodingNotChunked,
    TransferEncodingInHttp10,
    ExpectationUnknown,
    FieldRepeated,
    ChunkSizeMalformed,
    ChunkSizeTooLarge,
    ChunkExtensionMalformed,
    ChunkLineTooLong,
    ChunkNotTerminated,
    TrailerMalformed,
    TrailerTooLong,
    BodyTooLarge,
    HeadTimeout,
    BodyTimeout,
    StatusLineMalformed,
#pragma warning restore CS1591
}

/// <summary>From reasons to what the other side is told.</summary>
public static class RejectReasons
{
    /// <summary>Status of the answer.</summary>
    public static int StatusOf(RejectReason reason) => reason switch
    {
        RejectReason.HeadTimeout or RejectReason.BodyTimeout => 408,
        RejectReason.BodyTooLarge => 413,
        RejectReason.TargetTooLong => 414,
        RejectReason.ExpectationUnknown => 417,
        RejectReason.HeadTooLong or RejectReason.TooManyFields => 431,
        RejectReason.ConnectNotSupported => 501,
        RejectReason.VersionNotSupported => 505,
        _ => 400,
    };

    /// <summary>What is wrong, for a person; ASCII without characters that JSON escapes.</summary>
    public static ReadOnlySpan<byte> TextOf(RejectReason reason) => reason switch
    {
        RejectReason.None => "Nothing is wrong."u8,
        RejectReason.BareCarriageReturn => "A carriage return without a line feed; lines end in CR LF."u8,
        RejectReason.BareLineFeed => "A line feed without a carriage return; lines end in CR LF."u8,
        RejectReason.ControlByte => "A control byte in the head of the request."u8,
        RejectReason.EmptyLineBeforeRequest => "More than one empty line before the request line."u8,
        RejectReason.HeadTooLong => "The head of the request is too long; send fewer or shorter fields."u8,
        RejectReason.TooManyFields => "The request has too many fields."u8,
        RejectReason.TargetTooLong => "The request-target is too long."u8,
        RejectReason.RequestLineMalformed => "The request line must be: method SP request-target SP HTTP/1.1."u8,
        RejectReason.MethodNotToken => "The method is not a token."u8,
        RejectReason.TargetMalformed => "The request-target must be a path of visible ASCII without a fragment."u8,
        RejectReason.TargetAndHostDiffer => "host: it must equal the authority of the request-target."u8,
        RejectReason.ConnectNotSupported => "CONNECT is not supported."u8,
        RejectReason.VersionMalformed => "The version must be HTTP/1.1 or HTTP/1.0."u8,
        RejectReason.VersionNotSupported => "This version of HTTP is not supported; use HTTP/1.1."u8,
        RejectReason.FieldNameMalformed => "A field name must be a token that a colon follows at once."u8,
        RejectReason.FieldValueMalformed => "A field value holds a control byte."u8,
        RejectReason.FoldedField => "A field is folded over several lines."u8,
        RejectReason.ConnectionMalformed => "connection: it must be a list of tokens."u8,
        RejectReason.HostMissing => "host: the field is missing."u8,
        RejectReason.HostRepeated => "host: the field must come once."u8,
        RejectReason.HostMalformed => "host: it must be a host name or address with an optional port."u8,
        RejectReason.ContentLengthMalformed => "content-length: it must be digits only."u8,
        RejectReason.ContentLengthRepeated => "content-length: the field must come once."u8,
        RejectReason.ContentLengthWithTransferEncoding => "content-length and transfer-encoding must not come together."u8,
        RejectReason.TransferEncodingRepeated => "transfer-encoding: the field must come once."u8,
        RejectReason.TransferEncodingNotChunked => "transfer-encoding: only chunked is supported."u8,
        RejectReason.TransferEncodingInHttp10 => "transfer-encoding: HTTP/1.0 does not know it."u8,
        RejectReason.ExpectationUnknown => "expect: only 100-continue is supported."u8,
        RejectReason.FieldRepeated => "A field that may come once came several times."u8,
        RejectReason.ChunkSizeMalformed => "A chunk size must be hexadecimal digits only."u8,
        RejectReason.ChunkSizeTooLarge => "A chunk size is too large."u8,
        RejectReason.ChunkExtensionMalformed => "A chunk extension is malformed."u8,
        RejectReason.ChunkLineTooLong => "The line before a chunk is too long."u8,
        RejectReason.ChunkNotTerminated => "A chunk must end in CR LF."u8,
        RejectReason.TrailerMalformed => "The trailer section is malformed."u8,
        RejectReason.TrailerTooLong => "The trailer section is too long."u8,
        RejectReason.BodyTooLarge => "The request body is too large; raise max_request_size_mb or send less."u8,
        RejectReason.HeadTimeout => "The head of the request did not arrive in time."u8,
        RejectReason.BodyTimeout => "The request body came too slowly."u8,
        _ => "The status line is malformed."u8,
    };
}
