using System.Buffers.Binary;
using System.Buffers.Text;

namespace Gateway.Core.Translation.Requests;

/// <summary>Reads width and height out of the head of a base64 image, so that its tokens can be told.</summary>
internal static class ImageSize
{
    // A JPEG may carry a preview before its size; who hides the size behind more is counted flat.
    private const int MostHeadChars = 16 * 1024;

    /// <summary>Pixels of a PNG, GIF, WebP or JPEG; 0 if its head does not tell.</summary>
    public static long PixelsOf(ReadOnlySpan<byte> base64)
    {
        Span<byte> head = stackalloc byte[MostHeadChars / 4 * 3];
        var chars = Math.Min(base64.Length, MostHeadChars) / 4 * 4;
        _ = Base64.DecodeFromUtf8(base64[..chars], head, out _, out var length);
        var (width, height) = Of(head[..length]);
        return (long)width * height;
    }

    private static (uint Width, uint Height) Of(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 24 && head[1..4].SequenceEqual("PNG"u8))
        {
            return (BinaryPrimitives.ReadUInt32BigEndian(head[16..]) & 0xFFFFFF, BinaryPrimitives.ReadUInt32BigEndian(head[20..]) & 0xFFFFFF);
        }

        if (head.Length >= 10 && head.StartsWith("GIF8"u8))
        {
            return (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]));
        }

        if (head.Length >= 30 && head[8..12].SequenceEqual("WEBP"u8))
        {
            return OfWebP(head);
        }

        return head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? OfJpeg(head[2..]) : default;
    }

    // developers.google.com/speed/webp/docs/riff_container: the extended and the lossy form.
    private static (uint Width, uint Height) OfWebP(ReadOnlySpan<byte> head) => head[15] switch
    {
        (byte)'X' => ((BinaryPrimitives.ReadUInt32LittleEndian(head[24..]) & 0xFFFFFF) + 1,
            (BinaryPrimitives.ReadUInt32LittleEndian(head[26..]) >> 8) + 1),
        (byte)' ' => (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFFu,
            BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFFu),
        _ => default,
    };

    // ITU-T T.81 annex B: segments of a marker, a length and content; a frame header (SOF) has the size.
    private static (uint Width, uint Height) OfJpeg(ReadOnlySpan<byte> segments)
    {
        while (segments.Length >= 9 && segments[0] == 0xFF)
        {
            if (segments[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(segments[7..]), BinaryPrimitives.ReadUInt16BigEndian(segments[5..]));
            }

            var next = 2 + BinaryPrimitives.ReadUInt16BigEndian(segments[2..]);
            segments = next <= segments.Length ? segments[next..] : default;
        }

        return default;
    }
}
