using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gateway.Core.Analysis;

/// <summary>Where in a block of 64 bytes the bytes stand that matter inside a string, one bit each.</summary>
/// <remarks>Twice: the native build asks for AVX2 at run time only where its instructions are named.</remarks>
internal static class BlockMasks
{
    private const int BlockBytes = EscapeBlocks.BlockBytes;
    private const byte LastControl = 0x1F;

    // A byte may follow a backslash if its two nibbles agree on a bit: 2_ holds " and /, 5_ the backslash, 6_ b f n, 7_ r t u.
    private static Vector128<byte> ByLowNibble => Vector128.Create((byte)0, 0, 0b1101, 0, 0b1000, 0b1000, 0b0100, 0, 0, 0, 0, 0, 0b0010, 0, 0b0100, 0b0001);

    private static Vector128<byte> ByHighNibble => Vector128.Create((byte)0, 0, 0b0001, 0, 0, 0b0010, 0b0100, 0b1000, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Quotes, backslashes and control bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(ref byte block, out ulong quotes, out ulong backslashes, out ulong controls)
    {
        quotes = backslashes = controls = 0;
        if (Avx2.IsSupported)
        {
            for (var i = 0; i < BlockBytes; i += Vector256<byte>.Count)
            {
                var bytes = Unsafe.ReadUnaligned<Vector256<byte>>(ref Unsafe.Add(ref block, i));
                quotes |= (ulong)(uint)Avx2.MoveMask(Avx2.CompareEqual(bytes, Vector256.Create((byte)'"'))) << i;
                backslashes |= (ulong)(uint)Avx2.MoveMask(Avx2.CompareEqual(bytes, Vector256.Create((byte)'\\'))) << i;
                controls |= (ulong)(uint)Avx2.MoveMask(Avx2.CompareEqual(Avx2.Min(bytes, Vector256.Create(LastControl)), bytes)) << i;
            }

            return;
        }

        for (var i = 0; i < BlockBytes; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref block, (nuint)i);
            quotes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << i;
            backslashes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'\\')).ExtractMostSignificantBits() << i;
            controls |= (ulong)Vector128.Equals(Vector128.Min(bytes, Vector128.Create(LastControl)), bytes).ExtractMostSignificantBits() << i;
        }
    }

    /// <summary>Bytes that may follow a backslash, and those of them that are a u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EscapeLetters(ref byte block, out ulong unicodes)
    {
        ulong others = 0;
        unicodes = 0;
        if (Avx2.IsSupported)
        {
            var low = Vector256.Create(ByLowNibble, ByLowNibble);
            var high = Vector256.Create(ByHighNibble, ByHighNibble);
            for (var i = 0; i < BlockBytes; i += Vector256<byte>.Count)
            {
                var bytes = Unsafe.ReadUnaligned<Vector256<byte>>(ref Unsafe.Add(ref block, i));
                var nibble = Vector256.Create((byte)0x0F);
                var fit = Avx2.And(
                    Avx2.Shuffle(low, Avx2.And(bytes, nibble)),
                    Avx2.Shuffle(high, Avx2.And(Avx2.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte(), nibble)));
                others |= (ulong)(uint)Avx2.MoveMask(Avx2.CompareEqual(fit, Vector256<byte>.Zero)) << i;
                unicodes |= (ulong)(uint)Avx2.MoveMask(Avx2.CompareEqual(bytes, Vector256.Create((byte)'u'))) << i;
            }

            return ~others;
        }

        for (var i = 0; i < BlockBytes; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref block, (nuint)i);
            var fit = Vector128.ShuffleNative(ByLowNibble, bytes & Vector128.Create((byte)0x0F))
                & Vector128.ShuffleNative(ByHighNibble, Vector128.ShiftRightLogical(bytes, 4));
            others |= (ulong)Vector128.Equals(fit, Vector128<byte>.Zero).ExtractMostSignificantBits() << i;
            unicodes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'u')).ExtractMostSignificantBits() << i;
        }

        return ~others;
    }
}
