using System.Buffers;
using System.IO.Compression;
using System.Text;
using Gateway.Http.Coding;

namespace Gateway.Tests.Http.Coding;

/// <summary>The codings by their encoders, and bodies to code.</summary>
internal static class Codings
{
    public static ContentCoding[] All { get; } = [ContentCoding.Gzip, ContentCoding.Deflate, ContentCoding.Brotli, ContentCoding.Zstd];

    public static byte[] Encode(ContentCoding coding, ReadOnlySpan<byte> plain)
    {
        var coded = new MemoryStream();
        using (var encoder = OpenEncoder(coding, coded))
        {
            encoder.Write(plain);
        }

        return coded.ToArray();
    }

    public static Stream OpenEncoder(ContentCoding coding, Stream coded) => coding switch
    {
        ContentCoding.Gzip => new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true),
        ContentCoding.Deflate => new ZLibStream(coded, CompressionLevel.Fastest, leaveOpen: true),
        ContentCoding.Brotli => new BrotliStream(coded, CompressionLevel.Fastest, leaveOpen: true),
        ContentCoding.Zstd => new ZstdSharp.CompressionStream(coded, leaveOpen: true),
        _ => throw new ArgumentOutOfRangeException(nameof(coding)),
    };

    /// <summary>Text of so many bytes that compresses, but not beyond reason.</summary>
    public static byte[] Prose(int bytes)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < bytes; i++)
        {
            text.Append("line ").Append(i * 7919 % 10007).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, bytes));
    }

    /// <summary>The bytes in segments of so many.</summary>
    public static ReadOnlySequence<byte> Cut(byte[] bytes, int length)
    {
        var first = new Segment(bytes.AsMemory(0, Math.Min(length, bytes.Length)), null);
        var last = first;
        for (var start = length; start < bytes.Length; start += length)
        {
            last = new Segment(bytes.AsMemory(start, Math.Min(length, bytes.Length - start)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
