using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>What an image costs: width times height over 750, where its header tells the size.</summary>
/// <remarks>Source: platform.claude.com/docs/en/build-with-claude/vision, "Calculate image costs".</remarks>
internal static class ImageTokens
{
    /// <summary>For an image whose size can't be seen: about a megapixel.</summary>
    public const int Unknown = 1_500;

    /// <summary>The API scales larger images down.</summary>
    public const int Most = 4_784;

    // A JPEG may carry a preview of up to 64 KB before it tells its size.
    private const int MostHeadChars = 96 * 1024;

    /// <summary>Estimates from the <c>source</c> of an image block.</summary>
    public static int Of(JsonElement source)
    {
        var data = RequestJson.Member(source, "data");
        if (data.ValueKind != JsonValueKind.String)
        {
            return Unknown;
        }

        var base64 = JsonMarshal.GetRawUtf8Value(data)[1..^1];
        base64 = base64[..(Math.Min(base64.Length, MostHeadChars) / 4 * 4)];
        var head = ArrayPool<byte>.Shared.Rent(Math.Max(base64.Length, 4));
        try
        {
            _ = Base64.DecodeFromUtf8(base64, head, out _, out var length);
            return Cost(head.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    private static int Cost(ReadOnlySpan<byte> head)
    {
        var (width, height) = SizeOf(head);
        return width == 0 || height == 0 ? Unknown : (int)Math.Clamp((ulong)width * height / 750, 1, Most);
    }

    private static (uint Width, uint Height) SizeOf(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 24 && head[1..4].SequenceEqual("PNG"u8))
        {
            return (BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..]));
        }

        if (head.Length >= 10 && head.StartsWith("GIF8"u8))
        {
            return (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]));
        }

        return head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? SizeOfJpeg(head[2..]) : default;
    }

    // ITU-T T.81 annex B: segments of a marker, a length and content; a frame header (SOF) has the size.
    private static (uint Width, uint Height) SizeOfJpeg(ReadOnlySpan<byte> segments)
    {
        while (segments.Length >= 9 && segments[0] == 0xFF)
        {
            var marker = segments[1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(segments[7..]), BinaryPrimitives.ReadUInt16BigEndian(segments[5..]));
            }

            var next = 2 + BinaryPrimitives.ReadUInt16BigEndian(segments[2..]);
            segments = next <= segments.Length ? segments[next..] : default;
        }

        return default;
    }
}
