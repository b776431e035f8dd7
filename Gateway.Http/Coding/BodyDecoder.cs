using System.Buffers;

namespace Gateway.Http.Coding;

/// <summary>How decoding a body ended.</summary>
public enum DecodeStatus : byte
{
    /// <summary>It is decoded.</summary>
    Done,

    /// <summary>It is empty, not valid in its coding, cut off, or followed by something else.</summary>
    Corrupt,

    /// <summary>More would come out than is allowed.</summary>
    TooLarge,

    /// <summary>It expands beyond reason.</summary>
    Bomb,
}

/// <summary>Decodes a whole received body; the caps hold while it is decoded, not afterwards.</summary>
public static class BodyDecoder
{
    // A few kilobytes of white space expand a thousandfold and harm nobody; the ratio counts from here on.
    private const int RatioCountsFrom = 1024 * 1024;
    private const int PieceBytes = 16 * 1024;

    /// <summary>Decodes into <paramref name="output"/>, which holds a part of it where the status is not <see cref="DecodeStatus.Done"/>.</summary>
    /// <param name="coded">The body as received.</param>
    /// <param name="coding">Its coding, which must be supported.</param>
    /// <param name="output">Takes what comes out.</param>
    /// <param name="maxBytes">Most that may come out.</param>
    /// <param name="maxRatio">Most times the coded size that may come out, once a megabyte has.</param>
    public static DecodeStatus Decode(in ReadOnlySequence<byte> coded, ContentCoding coding, IBufferWriter<byte> output, long maxBytes, int maxRatio)
    {
        if (coded.IsEmpty)
        {
            return coding == ContentCoding.Identity ? DecodeStatus.Done : DecodeStatus.Corrupt;
        }

        var reasonable = Math.Max(RatioCountsFrom, coded.Length * maxRatio);
        using var decoded = DecodingStream.Open(new SequenceStream(coded), coding);
        try
        {
            return Pump(decoded, output, Math.Min(maxBytes, reasonable)) ? DecodeStatus.Done
                : maxBytes <= reasonable ? DecodeStatus.TooLarge
                : DecodeStatus.Bomb;
        }
        catch (InvalidDataException)
        {
            return DecodeStatus.Corrupt;
        }
    }

    // False if more would come out than may.
    private static bool Pump(Stream decoded, IBufferWriter<byte> output, long most)
    {
        long total = 0;
        while (true)
        {
            var count = decoded.Read(output.GetSpan(PieceBytes)[..PieceBytes]);
            if (count == 0)
            {
                return true;
            }

            total += count;
            if (total > most)
            {
                return false;
            }

            output.Advance(count);
        }
    }
}
