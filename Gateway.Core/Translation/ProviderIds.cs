using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace Gateway.Core.Translation;

/// <summary>Ids of tool calls in both directions. Anthropic's API demands <c>^[A-Za-z0-9_-]{1,64}$</c>; any other id travels
/// as <c>gwid_</c> and its base64url, so the way back needs no memory.</summary>
public static class ProviderIds
{
    private const int LongestPlain = 64;

    private static readonly SearchValues<byte> PlainBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    private static ReadOnlySpan<byte> Prefix => "gwid_"u8;

    /// <summary>Writes the id the client sees. An empty id stays empty: whoever needs one makes one up.</summary>
    public static void ToClient(ReadOnlySpan<byte> id, IBufferWriter<byte> output)
    {
        if (id.IsEmpty || IsPlain(id))
        {
            output.Write(id);
            return;
        }

        var size = Prefix.Length + Base64Url.GetEncodedLength(id.Length);
        var span = output.GetSpan(size);
        Prefix.CopyTo(span);
        Base64Url.EncodeToUtf8(id, span[Prefix.Length..], out _, out _);
        output.Advance(size);
    }

    /// <summary>Writes the id the provider knows: what <see cref="ToClient"/> was given.</summary>
    public static void ToProvider(ReadOnlySpan<byte> id, IBufferWriter<byte> output)
    {
        if (id.StartsWith(Prefix))
        {
            var encoded = id[Prefix.Length..];
            var span = output.GetSpan(encoded.Length + 1);
            var isWrapped = Base64Url.DecodeFromUtf8(encoded, span, out _, out var written) == OperationStatus.Done
                && written > 0 && Utf8.IsValid(span[..written]);

            // One with a suffix against duplicates decodes to no text, if at all: it stays as it is, and unique.
            if (isWrapped)
            {
                output.Advance(written);
                return;
            }
        }

        output.Write(id);
    }

    // An id that looks like one of ours is wrapped as well, or the way back would unwrap what never was wrapped.
    private static bool IsPlain(ReadOnlySpan<byte> id) =>
        id.Length <= LongestPlain && !id.ContainsAnyExcept(PlainBytes) && !id.StartsWith(Prefix);
}
