using System.Buffers;
using ZstdSharp;

namespace Gateway.Http.Coding;

/// <summary>How decoding a body ended.</summary>
public enum DecodeStatus : byte
{
    /// <summary>It is decoded.</summary>
    Done,

    /// <summary>It is not valid in its coding, cut off, or followed by something else.</summary>
    Corrupt,

    /// <summary>It is larger than allowed, or expands beyond reason.</summary>
    TooLarge,
}

/// <summary>Decodes a whole received body; the caps hold while it is decoded, not afterwards.</summary>
public static class BodyDecoder
{
    // A few kilobytes of white space expand a thousandfold and harm nobody; the ratio counts from here on.
    private const int RatioCountsFrom = 1024 * 1024;
    private const int PieceBytes = 16 * 1024;

    /// <summary>Decodes into <paramref name="output"/>.</summary>
    /// <param name="coded">The body as received.</param>
    /// <param name="coding">Its coding.</param>
    /// <param name="output">Takes what comes out.</param>
    /// <param name="maxBytes">Most that may come out.</param>
    /// <param name="maxRatio">Most times the coded size that may come out.</param>
    public static DecodeStatus Decode(in ReadOnlySequence<byte> coded, ContentCoding coding, IBufferWriter<byte> output, long maxBytes, int maxRatio)
    {
        if (coded.IsEmpty)
        {
            return DecodeStatus.Corrupt;
        }

        var most = Math.Min(maxBytes, Math.Max(RatioCountsFrom, coded.Length * maxRatio));
        using var source = new SequenceStream(coded);
        using var decoded = DecodingStream.Open(source, coding);
        try
        {
            return !Pump(decoded, output, most) ? DecodeStatus.TooLarge : source.IsAtEnd ? DecodeStatus.Done : DecodeStatus.Corrupt;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or ZstdException or InvalidOperationException)
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
