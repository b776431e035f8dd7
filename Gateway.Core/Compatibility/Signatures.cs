using System.Buffers;
using Gateway.Core.Analysis;

namespace Gateway.Core.Compatibility;

/// <summary>Finds the signatures of thinking in a request, at the speed of a search: it is asked of every request of a conversation.</summary>
public static class Signatures
{
    private static ReadOnlySpan<byte> Signed => "\"signature\":\""u8;

    private static ReadOnlySpan<byte> Redacted => "\"redacted_thinking\",\"data\":\""u8;

    /// <summary>Notes every signature that nobody is known for as the provider's: it served the conversation last, so it made what is new.</summary>
    /// <remarks>The pattern holds its quotes unescaped, so it can't stand inside a text. Clients write compact JSON; what a client spaced out is not found
    /// here, and then passes as it is.</remarks>
    public static void Note(in ReadOnlySequence<byte> body, SignatureMemory memory, ulong provider)
    {
        if (body.IsSingleSegment)
        {
            NoteAll(body.FirstSpan, memory, provider);
            return;
        }

        // A signature may lie across two blocks.
        var copy = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(copy);
        NoteAll(copy.AsSpan(0, (int)body.Length), memory, provider);
        ArrayPool<byte>.Shared.Return(copy);
    }

    /// <summary>Hash of a signature, its content between the quotes.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> signature) => StableHash.Of(signature);

    private static void NoteAll(ReadOnlySpan<byte> bytes, SignatureMemory memory, ulong provider)
    {
        NoteAll(bytes, Signed, memory, provider);
        NoteAll(bytes, Redacted, memory, provider);
    }

    private static void NoteAll(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> pattern, SignatureMemory memory, ulong provider)
    {
        for (var at = bytes.IndexOf(pattern); at >= 0; at = bytes.IndexOf(pattern))
        {
            bytes = bytes[(at + pattern.Length)..];
            var end = bytes.IndexOf((byte)'"');
            if (end > 0)
            {
                memory.Note(HashOf(bytes[..end]), provider);
            }
        }
    }
}
