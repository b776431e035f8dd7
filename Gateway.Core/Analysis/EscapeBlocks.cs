using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Core.Analysis;

/// <summary>Reads the inside of a string that is full of escapes, 64 bytes at a time, as bit masks (after simdjson, Langdale and Lemire 2019).</summary>
/// <remarks>
/// Source code in a prompt has an escape every dozen bytes: going from one to the next is four times slower (RequestScannerBenchmark).
/// Nothing in the loop depends on what the text says, so that no branch is guessed wrong before the string ends.
/// </remarks>
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
        var digitsDue = 0UL;
        error = ScanError.None;
        for (; at <= bytes.Length - BlockBytes; at += BlockBytes)
        {
            var masks = new BlockMasks(ref Unsafe.Add(ref first, at));
            var escaped = Escaped(masks.Backslashes, isEscaped, out isEscaped);
            var quotes = masks.Quotes & ~escaped;
            var unicodes = masks.Unicodes & escaped;
            var digits = (unicodes << 1) | (unicodes << 2) | (unicodes << 3) | (unicodes << 4) | digitsDue;
            digitsDue = (unicodes >> 63) | (unicodes >> 62) | (unicodes >> 61) | (unicodes >> 60);

            // Up to the first quote, and with it: it may stand where a digit is due.
            var wrong = (masks.Controls | (escaped & masks.NotLetters) | (digits & masks.NotDigits)) & (quotes ^ (quotes - 1));
            if (wrong != 0)
            {
                var offset = BitOperations.TrailingZeroCount(wrong);
                error = (masks.Controls & ~(escaped | digits)) >> offset << 63 != 0 ? ScanError.ControlByteInString : ScanError.InvalidEscape;
                return at + offset;
            }

            if (quotes != 0)
            {
                return at + BitOperations.TrailingZeroCount(quotes);
            }
        }

        // An escape that the last block cuts belongs to what follows: its backslash, its u and the digits so far.
        return digitsDue == 0 ? at - (int)isEscaped : at - UnicodeDigits - 2 + BitOperations.PopCount(digitsDue);
    }

    // Which bytes are escaped by a backslash that is not escaped itself, across blocks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Escaped(ulong backslashes, ulong carried, out ulong carry)
    {
        var potential = backslashes & ~carried;
        var codes = (((potential << 1) | OddBits) - potential) ^ OddBits;
        carry = (codes & backslashes) >> 63;
        return codes ^ (backslashes | carried);
    }
}
