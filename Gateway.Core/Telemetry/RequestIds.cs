using Gateway.Core.Randomness;

namespace Gateway.Core.Telemetry;

/// <summary>Names exchanges: <c>req_gw_</c> and 24 characters of base 62.</summary>
/// <remarks>One per reactor, single-threaded, allocates nothing. With a stream of draws like no other, ids (142 bits) are unique
/// across reactors and processes. They name, they do not protect.</remarks>
/// <param name="chance">Where the characters come from.</param>
public sealed class RequestIds(Chance chance)
{
    /// <summary>Length of every id in bytes.</summary>
    public const int Length = 31;

    // Eight characters take 48 of a number's 64 bits, so that each is as likely as any other to one part in 65,536.
    private const int CharactersPerNumber = 8;

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
        var number = chance.NextBits();
        return number != 0 ? number : 1;
    }

    private void WriteCharacters(Span<byte> characters)
    {
        var fraction = chance.NextBits();
        foreach (ref var character in characters)
        {
            var digit = Math.BigMul(fraction, (ulong)Alphabet.Length, out fraction);
            character = Alphabet[(int)digit];
        }
    }
}
