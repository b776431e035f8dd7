using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Core.Analysis;

/// <summary>Reads the inside of a string that is full of escapes, 64 bytes at a time, as bit masks (after simdjson, Langdale and Lemire 2019).</summary>
/// <remarks>Source code in a prompt has an escape every dozen bytes: going from one to the next is four times slower (RequestScannerBenchmark).</remarks>
internal static class EscapeBlocks
{
    /// <summary>Fewer bytes than this are not worth a block.</summary>
    public const int BlockBytes = 64;

    private const ulong OddBits = 0xAAAA_AAAA_AAAA_AAAA;
    private const int UnicodeDigits = 4;

    /// <summary>Goes as far as whole blocks reach: to the closing quote, to an error, or to a place outside of any escape.</summary>
    /// <param name="bytes">The segment.</param>
    /// <param name="at">Where to begin: inside a string, outside of an escape.</param>
    /// <param name="error">What is wrong at the index returned.</param>
    public static int Skip(ReadOnlySpan<byte> bytes, int at, out ScanError error)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var isEscaped = 0UL;
        error = ScanError.None;
        for (; at <= bytes.Length - BlockBytes; at += BlockBytes)
        {
            ref var block = ref Unsafe.Add(ref first, at);
            BlockMasks.Read(ref block, out var allQuotes, out var backslashes, out var controls);
            var escaped = Escaped(backslashes, ref isEscaped);
            var quotes = allQuotes & ~escaped;
            var inside = quotes == 0 ? ulong.MaxValue : (quotes & (~quotes + 1)) - 1;
            escaped &= inside;
            if ((controls & inside) != 0 || escaped != 0)
            {
                var stop = CheckBlock(bytes, at, ref block, controls & inside, escaped, out error);
                if (stop >= 0)
                {
                    return stop;
                }
            }

            if (quotes != 0)
            {
                return at + BitOperations.TrailingZeroCount(quotes);
            }
        }

        // The last backslash of the last block belongs to what follows.
        return at - (int)isEscaped;
    }

    // Which bytes are escaped by a backslash that is not escaped itself, across blocks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Escaped(ulong backslashes, ref ulong carry)
    {
        if (backslashes == 0)
        {
            var carried = carry;
            carry = 0;
            return carried;
        }

        var potential = backslashes & ~carry;
        var codes = (((potential << 1) | OddBits) - potential) ^ OddBits;
        var escaped = codes ^ (backslashes | carry);
        carry = (codes & backslashes) >> 63;
        return escaped;
    }

    // Index of the first error, or of the escape that the segment cuts; -1 if all is well.
    private static int CheckBlock(ReadOnlySpan<byte> bytes, int at, ref byte block, ulong controls, ulong escaped, out ScanError error)
    {
        error = ScanError.None;
        var bad = escaped & ~BlockMasks.EscapeLetters(ref block, out var unicodes);
        if ((bad | controls) != 0)
        {
            var offset = BitOperations.TrailingZeroCount(bad | controls);
            error = (controls >> offset & 1) != 0 ? ScanError.ControlByteInString : ScanError.InvalidEscape;
            return at + offset;
        }

        for (unicodes &= escaped; unicodes != 0; unicodes &= unicodes - 1)
        {
            var digits = at + BitOperations.TrailingZeroCount(unicodes) + 1;
            if (digits + UnicodeDigits > bytes.Length)
            {
                return digits - 2;
            }

            for (var i = digits; i < digits + UnicodeDigits; i++)
            {
                if (!char.IsAsciiHexDigit((char)bytes[i]))
                {
                    error = ScanError.InvalidEscape;
                    return i;
                }
            }
        }

        return -1;
    }
}
