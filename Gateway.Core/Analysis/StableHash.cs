using System.Buffers;
using System.Runtime.InteropServices;

namespace Gateway.Core.Analysis;

/// <summary>A 64-bit hash that is the same in every process and on every machine, so that replicas agree; no defence against whoever wants collisions.</summary>
public static class StableHash
{
    internal const ulong Seed = 0x9E37_79B9_7F4A_7C15;
    private const ulong Prime = 0xD6E8_FEB8_6659_FD93;

    /// <summary>Hashes bytes; never 0.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes) => Finish(Add(Seed, bytes));

    /// <summary>Hashes bytes that lie in several pieces; never 0.</summary>
    public static ulong Of(in ReadOnlySequence<byte> bytes, ulong seed)
    {
        var hasher = new StableHasher(seed);
        foreach (var segment in bytes)
        {
            hasher.Add(segment.Span);
        }

        return hasher.Finish();
    }

    /// <summary>Joins two hashes; never 0.</summary>
    public static ulong Join(ulong first, ulong second) => Finish((first ^ Seed) * Prime ^ second);

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * Prime;
            hash ^= hash >> 32;
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash ^ (ulong)bytes.Length;
    }

    // The finish of MurmurHash3: every bit of the input moves every bit of the output.
    internal static ulong Finish(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= 0xFF51_AFD7_ED55_8CCD;
        hash ^= hash >> 33;
        hash *= 0xC4CE_B9FE_1A85_EC53;
        hash ^= hash >> 33;
        return hash == 0 ? Seed : hash;
    }
}
