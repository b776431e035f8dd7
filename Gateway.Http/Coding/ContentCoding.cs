using System.Text;

namespace Gateway.Http.Coding;

/// <summary>The content codings the gateway can undo (RFC 9110 section 8.4.1).</summary>
public enum ContentCoding : byte
{
    /// <summary>None.</summary>
    Identity,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>deflate: the zlib format (RFC 1950).</summary>
    Deflate,

    /// <summary>br (RFC 7932).</summary>
    Brotli,

    /// <summary>zstd (RFC 8878).</summary>
    Zstd,

    /// <summary>Another one, or several.</summary>
    Unsupported,
}

/// <summary>From the value of Content-Encoding to a coding.</summary>
public static class ContentCodings
{
    /// <summary>What a request may be coded in: the Accept-Encoding of a 415 (RFC 9110 section 12.5.3).</summary>
    public static ReadOnlySpan<byte> Accepted => "gzip, deflate, br, zstd"u8;

    /// <summary>Identifies one coding; names are case-insensitive (RFC 9110 section 8.4.1), <c>x-gzip</c> is gzip. A list of
    /// several is not supported, not even with <c>identity</c>, which does not belong into this field.</summary>
    /// <param name="value">The field's value without surrounding white space; none at all is identity.</param>
    public static ContentCoding Parse(ReadOnlySpan<byte> value) =>
        value.IsEmpty || Ascii.EqualsIgnoreCase(value, "identity"u8) ? ContentCoding.Identity
        : Ascii.EqualsIgnoreCase(value, "gzip"u8) || Ascii.EqualsIgnoreCase(value, "x-gzip"u8) ? ContentCoding.Gzip
        : Ascii.EqualsIgnoreCase(value, "deflate"u8) ? ContentCoding.Deflate
        : Ascii.EqualsIgnoreCase(value, "br"u8) ? ContentCoding.Brotli
        : Ascii.EqualsIgnoreCase(value, "zstd"u8) ? ContentCoding.Zstd
        : ContentCoding.Unsupported;

    /// <summary>Tells gzip and zstd by their first four bytes, for a body whose head says nothing: neither can begin JSON or an event.</summary>
    public static ContentCoding Sniff(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? ContentCoding.Gzip
        : start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? ContentCoding.Zstd
        : ContentCoding.Identity;
}
