using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Core.Analysis;

/// <summary>Jumps over the inside of a JSON string: most bytes of a request lie there.</summary>
internal static class StringSkipper
{
    /// <summary>Index of the first quote, backslash or control byte from <paramref name="start"/> on; the length if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Skip(ReadOnlySpan<byte> bytes, int start)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var at = start;

        // Vector128 is there on every machine and in every native build; wider ones gained nothing on runs between escapes.
        while (at <= bytes.Length - Vector128<byte>.Count)
        {
            var stops = Stops(Vector128.LoadUnsafe(ref first, (nuint)at));
            if (stops != 0)
            {
                return at + BitOperations.TrailingZeroCount(stops);
            }

            at += Vector128<byte>.Count;
        }

        while (at < bytes.Length && !IsStop(Unsafe.Add(ref first, at)))
        {
            at++;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Stops(Vector128<byte> bytes)
    {
        var quotes = Vector128.Equals(bytes, Vector128.Create((byte)'"'));
        var escapes = Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
        var controls = Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes);
        return (quotes | escapes | controls).ExtractMostSignificantBits();
    }

    private static bool IsStop(byte value) => value is (byte)'"' or (byte)'\\' or < 0x20;
}
