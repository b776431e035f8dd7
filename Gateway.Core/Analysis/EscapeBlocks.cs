using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Core.Analysis;

/// <summary>Reads the inside of a string that is full of escapes, 64 bytes at a time, as bit masks (after simdjson, Langdale and Lemire 2019).</summary>
/// <remarks>Source code in a prompt has an escape every dozen bytes: going from one to the next is four times slower (RequestScannerBenchmark).</remarks>
internal static class EscapeBlocks
{
    /// <summary>Fewer bytes than this are not worth a block.</summary>
    public const int BlockBytes = 64;

    private const ulong OddBits = 0xAAAA_AAAA_AAAA_AAAA;
    private const int UnicodeDigits = 4;

    // A byte may follow a backslash if its two nibbles agree on a bit: 2_ holds " and /, 5_ the backslash, 6_ b f n, 7_ r t u.
    private static readonly Vector128<byte> ByLowNibble = Vector128.Create((byte)0, 0, 0b1101, 0, 0b1000, 0b1000, 0b0100, 0, 0, 0, 0, 0, 0b0010, 0, 0b0100, 0b0001);
    private static readonly Vector128<byte> ByHighNibble = Vector128.Create((byte)0, 0, 0b0001, 0, 0, 0b0010, 0b0100, 0b1000, 0, 0, 0, 0, 0, 0, 0, 0);

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
            var masks = new Masks(ref block);
            var escaped = Escaped(masks.Backslashes, ref isEscaped);
            var quotes = masks.Quotes & ~escaped;
            var inside = quotes == 0 ? ulong.MaxValue : (quotes & (~quotes + 1)) - 1;
            escaped &= inside;
            if ((masks.Controls & inside) != 0 || escaped != 0)
            {
                var stop = CheckBlock(bytes, at, ref block, masks.Controls & inside, escaped, out error);
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
        var bad = escaped & ~EscapeLetters(ref block, out var unicodes);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EscapeLetters(ref byte block, out ulong unicodes)
    {
        var letters = 0UL;
        unicodes = 0;
        for (var i = 0; i < BlockBytes; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref block, (nuint)i);
            var low = Vector128.ShuffleNative(ByLowNibble, bytes & Vector128.Create((byte)0x0F));
            var high = Vector128.ShuffleNative(ByHighNibble, Vector128.ShiftRightLogical(bytes, 4));
            letters |= (ulong)(~Vector128.Equals(low & high, Vector128<byte>.Zero)).ExtractMostSignificantBits() << i;
            unicodes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'u')).ExtractMostSignificantBits() << i;
        }

        return letters;
    }

    /// <summary>Where in a block of 64 bytes the three kinds of bytes stand that matter in a string.</summary>
    private readonly ref struct Masks
    {
        public readonly ulong Quotes;
        public readonly ulong Backslashes;
        public readonly ulong Controls;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Masks(ref byte block)
        {
            for (var i = 0; i < BlockBytes; i += Vector128<byte>.Count)
            {
                var bytes = Vector128.LoadUnsafe(ref block, (nuint)i);
                Quotes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << i;
                Backslashes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'\\')).ExtractMostSignificantBits() << i;
                Controls |= (ulong)Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes).ExtractMostSignificantBits() << i;
            }
        }
    }
}
