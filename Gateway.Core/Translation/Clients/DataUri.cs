using System.Text;

namespace Gateway.Core.Translation.Clients;

/// <summary>A <c>data:</c> address with base64 content (RFC 2397), as clients send images and files.</summary>
internal readonly ref struct DataUri
{
    private DataUri(ReadOnlySpan<byte> mediaType, ReadOnlySpan<byte> data)
    {
        MediaType = mediaType;
        Data = data;
    }

    /// <summary>The media type without parameters, as written; may be empty.</summary>
    public ReadOnlySpan<byte> MediaType { get; }

    /// <summary>The content, base64.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Reads an address; false if it is another kind or its content is no base64.</summary>
    public static bool TryRead(ReadOnlySpan<byte> address, out DataUri uri)
    {
        uri = default;
        var comma = address.IndexOf((byte)',');
        if (comma < 0 || !Begins(address, "data:"u8))
        {
            return false;
        }

        var head = address["data:".Length..comma];
        var data = address[(comma + 1)..];
        var semicolon = head.IndexOf((byte)';');
        if (semicolon < 0 || data.IsEmpty || !Ends(head, ";base64"u8))
        {
            return false;
        }

        uri = new DataUri(head[..semicolon], data);
        return true;
    }

    /// <summary>Whether an address is to be fetched from the web.</summary>
    public static bool IsWeb(ReadOnlySpan<byte> address) => Begins(address, "https://"u8) || Begins(address, "http://"u8);

    /// <summary>Whether the media type begins like this, in any case.</summary>
    public bool IsOfType(ReadOnlySpan<byte> start) => Begins(MediaType, start);

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && Ascii.EqualsIgnoreCase(text[..start.Length], start);

    private static bool Ends(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end) =>
        text.Length >= end.Length && Ascii.EqualsIgnoreCase(text[^end.Length..], end);
}
