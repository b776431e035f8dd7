using System.Buffers.Text;

namespace Gateway.Http.Wire;

/// <summary>The framing of the chunked coding (RFC 9112 section 7.1).</summary>
public static class ChunkedWriter
{
    /// <summary>Room for the longest size line.</summary>
    public const int MaxSizeLine = 10;

    /// <summary>Ends a chunk.</summary>
    public static ReadOnlySpan<byte> Crlf => "\r\n"u8;

    /// <summary>Ends a body, with an empty trailer section.</summary>
    public static ReadOnlySpan<byte> LastChunk => "0\r\n\r\n"u8;

    /// <summary>Writes the line before a chunk of <paramref name="size"/> bytes (at least 1); returns its length.</summary>
    public static int WriteSizeLine(Span<byte> destination, int size)
    {
        _ = Utf8Formatter.TryFormat(size, destination, out var length, new System.Buffers.StandardFormat('x'));
        destination[length] = (byte)'\r';
        destination[length + 1] = (byte)'\n';
        return length + 2;
    }
}
