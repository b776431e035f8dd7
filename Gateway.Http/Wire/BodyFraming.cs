namespace Gateway.Http.Wire;

/// <summary>How the end of a body is known.</summary>
public enum FramingKind : byte
{
    /// <summary>There is no body.</summary>
    None,

    /// <summary>By Content-Length.</summary>
    Length,

    /// <summary>By the last chunk.</summary>
    Chunked,

    /// <summary>By the close of the connection; responses only.</summary>
    UntilClose,
}

/// <summary>The length of a message's body: decided here and nowhere else, for requests and responses (RFC 9112 section 6.3).</summary>
/// <param name="Kind">How the end is known.</param>
/// <param name="Length">Bytes, for <see cref="FramingKind.Length"/>.</param>
public readonly record struct BodyFraming(FramingKind Kind, long Length)
{
    private const int MostDigits = 18;

    /// <summary>The framing of a request.</summary>
    internal static RejectReason ForRequest(HeaderTable headers, int minorVersion, out BodyFraming framing)
    {
        // White space around a framing field is legal, and where parsers differ; no client writes more than one space.
        var reason = Read(headers, minorVersion, isStrict: true, out framing, out var isGiven);

        // Rule 7: a request without both fields has no body.
        return isGiven || reason != RejectReason.None ? reason : Assign(out framing, default);
    }

    /// <summary>The framing of a response to a request that was, or was not, HEAD.</summary>
    internal static RejectReason ForResponse(HeaderTable headers, int minorVersion, int status, bool requestWasHead, out BodyFraming framing)
    {
        // The fields are checked even where rule 1 ignores them: who contradicts himself is not to be trusted.
        var reason = Read(headers, minorVersion, isStrict: false, out framing, out var isGiven);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        // Rule 1: HEAD, 1xx, 204 and 304 have no body, whatever the fields say.
        if (requestWasHead || status is < 200 or 204 or 304)
        {
            return Assign(out framing, default);
        }

        // Rule 8: a response without both fields goes on until the close.
        return isGiven ? RejectReason.None : Assign(out framing, new BodyFraming(FramingKind.UntilClose, -1));
    }

    private static RejectReason Assign(out BodyFraming framing, BodyFraming value)
    {
        framing = value;
        return RejectReason.None;
    }

    private static RejectReason Read(
        HeaderTable headers, int minorVersion, bool isStrict, out BodyFraming framing, out bool isGiven)
    {
        framing = default;
        isGiven = false;
        if (headers.Repeats(KnownHeader.ContentLength) || headers.Repeats(KnownHeader.TransferEncoding))
        {
            // Rule 5: several lengths are refused even if they agree.
            return headers.Repeats(KnownHeader.ContentLength)
                ? RejectReason.ContentLengthRepeated
                : RejectReason.TransferEncodingRepeated;
        }

        var lengthAt = headers.IndexOf(KnownHeader.ContentLength);
        var codingAt = headers.IndexOf(KnownHeader.TransferEncoding);
        isGiven = lengthAt >= 0 || codingAt >= 0;
        if (codingAt < 0)
        {
            return lengthAt < 0 ? RejectReason.None
                : isStrict && !headers.IsPlainlyWritten(lengthAt) ? RejectReason.ContentLengthMalformed
                : ReadLength(headers.Value(lengthAt), out framing);
        }

        // Rule 3: both together is how requests are smuggled.
        return lengthAt >= 0 ? RejectReason.ContentLengthWithTransferEncoding
            : isStrict && !headers.IsPlainlyWritten(codingAt) ? RejectReason.TransferEncodingNotChunked
            : ReadCoding(headers.Value(codingAt), minorVersion, out framing);
    }

    // Rule 6: digits, nothing else. Leading zeros are octal to some.
    private static RejectReason ReadLength(ReadOnlySpan<byte> value, out BodyFraming framing)
    {
        framing = default;
        if (value.IsEmpty || value.Length > MostDigits || (value.Length > 1 && value[0] == (byte)'0'))
        {
            return RejectReason.ContentLengthMalformed;
        }

        long length = 0;
        foreach (var digit in value)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return RejectReason.ContentLengthMalformed;
            }

            length = (length * 10) + (digit - '0');
        }

        framing = new BodyFraming(FramingKind.Length, length);
        return RejectReason.None;
    }

    // Rule 4: chunked, once, alone; and not from who does not know it (section 6.1).
    private static RejectReason ReadCoding(ReadOnlySpan<byte> value, int minorVersion, out BodyFraming framing)
    {
        framing = new BodyFraming(FramingKind.Chunked, -1);
        return minorVersion == 0 ? RejectReason.TransferEncodingInHttp10
            : System.Text.Ascii.EqualsIgnoreCase(value, "chunked"u8) ? RejectReason.None
            : RejectReason.TransferEncodingNotChunked;
    }
}
