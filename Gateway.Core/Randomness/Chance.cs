using System.Buffers.Binary;

namespace Gateway.Core.Randomness;

/// <summary>Draws lots (xoshiro256**, Blackman and Vigna 2018). Seeded from outside, so that tests repeat; no source of secrets. One thread.</summary>
public sealed class Chance
{
    /// <summary>Bytes of a seed that tells any stream from any other.</summary>
    public const int SeedLength = 32;

    private const double Span = 1UL << 53;

    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>A stream of draws that repeats.</summary>
    public Chance(ulong seed)
    {
        _a = Spread(ref seed);
        _b = Spread(ref seed);
        _c = Spread(ref seed);
        _d = Spread(ref seed);
    }

    /// <summary>A stream of draws like no other.</summary>
    /// <param name="seed"><see cref="SeedLength"/> bytes from the system's source of randomness, not all zero.</param>
    public Chance(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedLength);
        _a = BinaryPrimitives.ReadUInt64LittleEndian(seed);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(seed[8..]);
        _c = BinaryPrimitives.ReadUInt64LittleEndian(seed[16..]);
        _d = BinaryPrimitives.ReadUInt64LittleEndian(seed[24..]);
        ArgumentOutOfRangeException.ThrowIfZero(_a | _b | _c | _d);
    }

    /// <summary>From 0 to 1, 1 excluded.</summary>
    public double NextDouble() => (NextBits() >> 11) / Span;

    /// <summary>From 0 to the count, the count excluded.</summary>
    public int Next(int count) => (int)(NextDouble() * count);

    /// <summary>Any 64 bits but 0.</summary>
    public ulong NextSeed() => NextBits() | 1;

    /// <summary>Any 64 bits.</summary>
    public ulong NextBits()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    // SplitMix64: seeds that lie side by side make streams that don't.
    private static ulong Spread(ref ulong seed)
    {
        seed += 0x9E37_79B9_7F4A_7C15;
        var value = (seed ^ (seed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
