using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gateway.Core.Analysis;

/// <summary>Where in a block of 64 bytes the bytes stand that matter inside a string, one bit each.</summary>
internal ref struct BlockMasks
{
    private const int BlockBytes = EscapeBlocks.BlockBytes;
    private const byte LastControl = 0x1F;

    // What a byte may be is told by its two nibbles: it is so if they agree on a bit.
    // Bits 0 to 3, it may follow a backslash: 2_ holds " and /, 5_ the backslash, 6_ b f n, 7_ r t u. Bits 4 and 5, a hex digit: 3_ and 4_ 6_.
    private const byte Letter = 0x0F;
    private const byte Digit = 0x30;

    /// <summary>Quotation marks.</summary>
    public ulong Quotes;

    /// <summary>Backslashes.</summary>
    public ulong Backslashes;

    /// <summary>Bytes a string may not hold unescaped (RFC 8259 section 7).</summary>
    public ulong Controls;

    /// <summary>Bytes that may not follow a backslash.</summary>
    public ulong NotLetters;

    /// <summary>Bytes that are no hexadecimal digit.</summary>
    public ulong NotDigits;

    /// <summary>The letter u.</summary>
    public ulong Unicodes;

    private static Vector128<byte> ByLowNibble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)0x10, 0x30, 0x3D, 0x30, 0x38, 0x38, 0x34, 0x10, 0x10, 0x10, 0, 0, 0x02, 0, 0x04, 0x01);
    }

    private static Vector128<byte> ByHighNibble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)0, 0, 0x01, 0x10, 0x20, 0x02, 0x24, 0x08, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /// <summary>Reads a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BlockMasks(ref byte block)
    {
        if (Avx512BW.IsSupported)
        {
            Add(Vector512.LoadUnsafe(ref block));
        }
        else if (Avx2.IsSupported)
        {
            for (var i = 0; i < BlockBytes; i += Vector256<byte>.Count)
            {
                Add(Vector256.LoadUnsafe(ref block, (nuint)i), i);
            }
        }
        else
        {
            for (var i = 0; i < BlockBytes; i += Vector128<byte>.Count)
            {
                Add(Vector128.LoadUnsafe(ref block, (nuint)i), i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Vector512<byte> bytes)
    {
        var nibble = Vector512.Create(Letter);
        var kinds = Avx512BW.Shuffle(Vector512.Create(Vector256.Create(ByLowNibble, ByLowNibble), Vector256.Create(ByLowNibble, ByLowNibble)), bytes & nibble)
            & Avx512BW.Shuffle(Vector512.Create(Vector256.Create(ByHighNibble, ByHighNibble), Vector256.Create(ByHighNibble, ByHighNibble)), Vector512.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & nibble);
        Quotes = Vector512.Equals(bytes, Vector512.Create((byte)'"')).ExtractMostSignificantBits();
        Backslashes = Vector512.Equals(bytes, Vector512.Create((byte)'\\')).ExtractMostSignificantBits();
        Controls = Vector512.LessThanOrEqual(bytes, Vector512.Create(LastControl)).ExtractMostSignificantBits();
        Unicodes = Vector512.Equals(bytes, Vector512.Create((byte)'u')).ExtractMostSignificantBits();
        NotLetters = Vector512.Equals(kinds & nibble, Vector512<byte>.Zero).ExtractMostSignificantBits();
        NotDigits = Vector512.Equals(kinds & Vector512.Create(Digit), Vector512<byte>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Vector256<byte> bytes, int shift)
    {
        var nibble = Vector256.Create(Letter);
        var kinds = Avx2.Shuffle(Vector256.Create(ByLowNibble, ByLowNibble), bytes & nibble)
            & Avx2.Shuffle(Vector256.Create(ByHighNibble, ByHighNibble), Vector256.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & nibble);
        Quotes |= Bits(Vector256.Equals(bytes, Vector256.Create((byte)'"')), shift);
        Backslashes |= Bits(Vector256.Equals(bytes, Vector256.Create((byte)'\\')), shift);
        Controls |= Bits(Vector256.Equals(Vector256.Min(bytes, Vector256.Create(LastControl)), bytes), shift);
        Unicodes |= Bits(Vector256.Equals(bytes, Vector256.Create((byte)'u')), shift);
        NotLetters |= Bits(Vector256.Equals(kinds & nibble, Vector256<byte>.Zero), shift);
        NotDigits |= Bits(Vector256.Equals(kinds & Vector256.Create(Digit), Vector256<byte>.Zero), shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Vector128<byte> bytes, int shift)
    {
        var nibble = Vector128.Create(Letter);
        var kinds = Vector128.ShuffleNative(ByLowNibble, bytes & nibble)
            & Vector128.ShuffleNative(ByHighNibble, Vector128.ShiftRightLogical(bytes, 4));
        Quotes |= Bits(Vector128.Equals(bytes, Vector128.Create((byte)'"')), shift);
        Backslashes |= Bits(Vector128.Equals(bytes, Vector128.Create((byte)'\\')), shift);
        Controls |= Bits(Vector128.Equals(Vector128.Min(bytes, Vector128.Create(LastControl)), bytes), shift);
        Unicodes |= Bits(Vector128.Equals(bytes, Vector128.Create((byte)'u')), shift);
        NotLetters |= Bits(Vector128.Equals(kinds & nibble, Vector128<byte>.Zero), shift);
        NotDigits |= Bits(Vector128.Equals(kinds & Vector128.Create(Digit), Vector128<byte>.Zero), shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector256<byte> matches, int shift) => (ulong)matches.ExtractMostSignificantBits() << shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector128<byte> matches, int shift) => (ulong)matches.ExtractMostSignificantBits() << shift;
}
