using System.Buffers;

namespace Gateway.Http.Wire;

/// <summary>The character classes of the grammar.</summary>
internal static class AsciiSets
{
    /// <summary>token: RFC 9110 section 5.6.2.</summary>
    public static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Control bytes without HTAB: never part of a head, except as CR LF (RFC 9110 section 5.5).</summary>
    public static readonly SearchValues<byte> Controls = SearchValues.Create(
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127);

    /// <summary>What a request-target is made of: visible ASCII without the fragment's '#' (RFC 9112 section 3.2).</summary>
    public static readonly SearchValues<byte> Target = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>reg-name, IPv4address and the inside of an IP-literal: RFC 3986 section 3.2.2.</summary>
    public static readonly SearchValues<byte> HostName =
        SearchValues.Create("!$%&'()*+,;=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>The inside of an IPv6 literal.</summary>
    public static readonly SearchValues<byte> IpLiteral = SearchValues.Create("0123456789ABCDEFabcdef:."u8);

    /// <summary>DIGIT.</summary>
    public static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExcept(Token) < 0;

    /// <summary>Without the OWS around it (RFC 9110 section 5.6.3): SP and HTAB.</summary>
    public static ReadOnlySpan<byte> TrimOws(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);
}
