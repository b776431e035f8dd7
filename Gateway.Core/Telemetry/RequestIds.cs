using System.Buffers.Binary;
using System.Numerics;

namespace Gateway.Core.Telemetry;

/// <summary>Names exchanges: <c>req_gw_</c> and 24 characters of base 62.</summary>
/// <remarks>One per reactor, single-threaded, allocates nothing. Each is seeded with 32 random bytes of its own, so
/// ids (142 bits) are unique across reactors and processes. They name, they do not protect: xoshiro256** is no secret.
/// </remarks>
public sealed class RequestIds
{
    /// <summary>Length of every id in bytes.</summary>
    public const int Length = 31;

    /// <summary>Bytes of randomness the generator starts from.</summary>
    public const int SeedLength = 32;

    // Eight characters take 48 of a number's 64 bits, so that each is as likely as any other to one part in 65,536.
    private const int CharactersPerNumber = 8;

    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>A generator of ids.</summary>
    /// <param name="seed"><see cref="SeedLength"/> bytes from the system's source of randomness, not all zero.</param>
    public RequestIds(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedLength);
        _a = BinaryPrimitives.ReadUInt64LittleEndian(seed);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(seed[8..]);
        _c = BinaryPrimitives.ReadUInt64LittleEndian(seed[16..]);
        _d = BinaryPrimitives.ReadUInt64LittleEndian(seed[24..]);
        ArgumentOutOfRangeException.ThrowIfZero(_a | _b | _c | _d);
    }

    private static ReadOnlySpan<byte> Prefix => "req_gw_"u8;

    private static ReadOnlySpan<byte> Alphabet =>
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;

    /// <summary>Writes the next id.</summary>
    /// <param name="id">At least <see cref="Length"/> bytes.</param>
    public void Next(Span<byte> id)
    {
        Prefix.CopyTo(id);
        for (var at = Prefix.Length; at < Length; at += CharactersPerNumber)
        {
            WriteCharacters(id.Slice(at, CharactersPerNumber));
        }
    }

    /// <summary>A part of an id of a trace, or the id of a span: never 0, which means none there.</summary>
    public ulong NextTracePart()
    {
        var number = NextNumber();
        return number != 0 ? number : 1;
    }

    private void WriteCharacters(Span<byte> characters)
    {
        var fraction = NextNumber();
        foreach (ref var character in characters)
        {
            var digit = Math.BigMul(fraction, (ulong)Alphabet.Length, out fraction);
            character = Alphabet[(int)digit];
        }
    }

    // xoshiro256**, Blackman and Vigna, prng.di.unimi.it.
    private ulong NextNumber()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }
}
