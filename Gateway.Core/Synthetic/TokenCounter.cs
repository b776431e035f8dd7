using System.Buffers.Text;
using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>Estimates tokens: four bytes of JSON text to one, and images by their size, width times height over 750.</summary>
/// <remarks>Source of the image rule: platform.claude.com/docs/en/build-with-claude/vision.</remarks>
internal sealed class TokenCounter
{
    private const int BytesPerToken = 4;
    private const int UnknownImage = 1_500;
    private const int MostImage = 4_784;
    private const int HeaderChars = 64;

    private long _bytes;
    private long _imageTokens;

    public int Images { get; private set; }

    public int Tokens => (int)Math.Min(int.MaxValue, Math.Max(1, (_bytes / BytesPerToken) + _imageTokens));

    public void Add(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object when IsImage(json, out var data):
                Images++;
                _imageTokens += ImageTokens(data);
                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    Add(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Add(item);
                }

                break;
            default:
                _bytes += System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(json).Length;
                break;
        }
    }

    private static bool IsImage(JsonElement json, out JsonElement source)
    {
        source = default;
        return json.TryGetProperty("type"u8, out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("image"u8)
            && json.TryGetProperty("source"u8, out source);
    }

    // PNG tells its size in the first 24 bytes; other formats are taken for a middling picture.
    private static int ImageTokens(JsonElement source)
    {
        if (source.ValueKind != JsonValueKind.Object || !source.TryGetProperty("data"u8, out var data) || data.ValueKind != JsonValueKind.String)
        {
            return UnknownImage;
        }

        var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(data)[1..^1];
        Span<byte> head = stackalloc byte[HeaderChars];
        if (raw.Length < HeaderChars || Base64.DecodeFromUtf8(raw[..HeaderChars], head, out _, out var length) != System.Buffers.OperationStatus.Done
            || length < 24 || !head[1..4].SequenceEqual("PNG"u8))
        {
            return UnknownImage;
        }

        var width = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head[16..]);
        var height = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head[20..]);
        return (int)Math.Clamp((ulong)width * height / 750, 1, MostImage);
    }
}
