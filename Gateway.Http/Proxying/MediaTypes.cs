using System.Text;

namespace Gateway.Http.Proxying;

/// <summary>The two media types whose content the gateway reads (RFC 9110 section 8.3.1).</summary>
public static class MediaTypes
{
    /// <summary>Server-sent events.</summary>
    public static bool IsEventStream(ReadOnlySpan<byte> contentType) => Is(contentType, "text/event-stream"u8);

    /// <summary>JSON.</summary>
    public static bool IsJson(ReadOnlySpan<byte> contentType) => Is(contentType, "application/json"u8);

    private static bool Is(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> type)
    {
        var end = contentType.IndexOfAny((byte)';', (byte)' ', (byte)'\t');
        return Ascii.EqualsIgnoreCase(end < 0 ? contentType : contentType[..end], type);
    }
}
