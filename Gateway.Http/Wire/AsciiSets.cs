using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    /// <summary>
    /// What a request-target is made of (RFC 9112 section 3.2): visible ASCII, but not the fragment's '#' and not
    /// <c>" &lt; &gt; \</c>. RFC 3986 has no <c>[ ] ^ ` { | }</c> either, but the URL Standard lets clients send them.
    /// </summary>
    public static readonly SearchValues<byte> Target = SearchValues.Create(
        "!$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>reg-name and IPv4address (RFC 3986 section 3.2.2) without sub-delims: no registered name has them.</summary>
    public static readonly SearchValues<byte> HostName =
        SearchValues.Create("%-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>The inside of an IPv6 literal.</summary>
    public static readonly SearchValues<byte> IpLiteral = SearchValues.Create("0123456789ABCDEFabcdef:."u8);

    /// <summary>DIGIT.</summary>
    public static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    // Bit h of entry l: the byte 0xHL with high nibble h and low nibble l may stand in a token.
    private static Vector128<byte> TokenLowNibbles => Vector128.Create(
        (byte)0xE8, 0xFC, 0xF8, 0xFC, 0xFC, 0xFC, 0xFC, 0xFC, 0xF8, 0xF8, 0xF4, 0x54, 0xD0, 0x54, 0xF4, 0x70);

    private static Vector128<byte> HighNibbleBits => Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Index of the first byte from <paramref name="start"/> on that no token has, or the length.</summary>
    public static int TokenEnd(ReadOnlySpan<byte> bytes, int start)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        for (; start <= bytes.Length - Vector128<byte>.Count; start += Vector128<byte>.Count)
        {
            var vector = Vector128.LoadUnsafe(ref first, (nuint)start);
            var low = Vector128.ShuffleNative(TokenLowNibbles, vector & Vector128.Create((byte)0x0F));
            var high = Vector128.ShuffleNative(HighNibbleBits, vector >>> 4);
            var mask = Vector128.Equals(low & high, Vector128<byte>.Zero).ExtractMostSignificantBits();
            if (mask != 0)
            {
                return start + BitOperations.TrailingZeroCount(mask);
            }
        }

        while (start < bytes.Length && Token.Contains(bytes[start]))
        {
            start++;
        }

        return start;
    }

    /// <summary>Index of the first control byte other than HTAB from <paramref name="start"/> on, or the length.</summary>
    public static int IndexOfControl(ReadOnlySpan<byte> bytes, int start)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        for (; start <= bytes.Length - Vector128<byte>.Count; start += Vector128<byte>.Count)
        {
            var vector = Vector128.LoadUnsafe(ref first, (nuint)start);
            var low = Vector128.Equals(Vector128.Min(vector, Vector128.Create((byte)0x1F)), vector);
            var tab = Vector128.Equals(vector, Vector128.Create((byte)'\t'));
            var del = Vector128.Equals(vector, Vector128.Create((byte)0x7F));
            var mask = (Vector128.AndNot(low, tab) | del).ExtractMostSignificantBits();
            if (mask != 0)
            {
                return start + BitOperations.TrailingZeroCount(mask);
            }
        }

        while (start < bytes.Length && !(bytes[start] is < 0x20 and not (byte)'\t' or 0x7F))
        {
            start++;
        }

        return start;
    }

    /// <summary>Equal but for the case of letters; both are tokens, the second in lower case.</summary>
    public static bool EqualsToken(ReadOnlySpan<byte> token, ReadOnlySpan<byte> lowerCase)
    {
        const ulong Lower = 0x2020_2020_2020_2020;
        const uint LowerHalf = 0x2020_2020;
        if (token.Length != lowerCase.Length)
        {
            return false;
        }

        // No token holds a byte that another one becomes when bit 5 is set, letters apart.
        if (token.Length < sizeof(ulong))
        {
            return token.Length < sizeof(uint)
                ? System.Text.Ascii.EqualsIgnoreCase(token, lowerCase)
                : (BinaryPrimitives.ReadUInt32LittleEndian(token) | LowerHalf) == BinaryPrimitives.ReadUInt32LittleEndian(lowerCase)
                    && (BinaryPrimitives.ReadUInt32LittleEndian(token[^4..]) | LowerHalf) == BinaryPrimitives.ReadUInt32LittleEndian(lowerCase[^4..]);
        }

        var at = 0;
        for (; at <= token.Length - sizeof(ulong); at += sizeof(ulong))
        {
            if ((BinaryPrimitives.ReadUInt64LittleEndian(token[at..]) | Lower) != BinaryPrimitives.ReadUInt64LittleEndian(lowerCase[at..]))
            {
                return false;
            }
        }

        return (BinaryPrimitives.ReadUInt64LittleEndian(token[^8..]) | Lower) == BinaryPrimitives.ReadUInt64LittleEndian(lowerCase[^8..]);
    }

    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExcept(Token) < 0;

    /// <summary>Without the OWS around it (RFC 9110 section 5.6.3): SP and HTAB.</summary>
    public static ReadOnlySpan<byte> TrimOws(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length && IsOws(text[start]))
        {
            start++;
        }

        var end = text.Length;
        while (end > start && IsOws(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>SP or HTAB.</summary>
    public static bool IsOws(byte value) => value is (byte)' ' or (byte)'\t';
}
