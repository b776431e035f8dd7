using System.Buffers;
using Gateway.Core.Analysis;
using Gateway.Core.Translation;

namespace Gateway.Core.Compatibility;

/// <summary>Finds the signatures of thinking in a request, at the speed of a search. Allocates nothing.</summary>
/// <remarks>The pattern holds its quotes unescaped, so it can't stand inside a text.</remarks>
public static class Signatures
{
    private static ReadOnlySpan<byte> Signed => "\"signature\""u8;

    private static ReadOnlySpan<byte> Redacted => "\"redacted_thinking\""u8;

    private static ReadOnlySpan<byte> Data => "\"data\""u8;

    private static ReadOnlySpan<byte> White => " \t\r\n"u8;

    /// <summary>Notes every signature that nobody is known for as the provider's: it served the conversation last, so it made what is new or
    /// took it as its own.</summary>
    public static void Note(in ReadOnlySequence<byte> body, SignatureMemory memory, ulong provider) => _ = Search(body, memory, provider, notes: true);

    /// <summary>Thinking in it was signed by somebody else than the provider.</summary>
    public static bool HasForeign(in ReadOnlySequence<byte> body, SignatureMemory memory, ulong provider) => Search(body, memory, provider, notes: false);

    /// <summary>Somebody else than this provider of Anthropic's dialect signed: another provider, or the gateway for one of another dialect.</summary>
    /// <param name="signature">Its content between the quotes.</param>
    /// <param name="memory">Who signed what.</param>
    /// <param name="provider">Hash of the provider's name.</param>
    public static bool IsForeign(ReadOnlySpan<byte> signature, SignatureMemory memory, ulong provider) =>
        ReasoningSignature.IsOurs(signature) || memory.IsForeign(HashOf(signature), provider);

    /// <summary>Hash of a signature, its content between the quotes: the one by which answers are listened in on.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> signature)
    {
        var hasher = new StableHasher(0);
        hasher.Add(signature);
        return hasher.Finish();
    }

    private static bool Search(in ReadOnlySequence<byte> body, SignatureMemory memory, ulong provider, bool notes)
    {
        if (body.IsSingleSegment)
        {
            return SearchAll(body.FirstSpan, memory, provider, notes);
        }

        // A signature may lie across two blocks.
        var copy = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(copy);
        var found = SearchAll(copy.AsSpan(0, (int)body.Length), memory, provider, notes);
        ArrayPool<byte>.Shared.Return(copy);
        return found;
    }

    private static bool SearchAll(ReadOnlySpan<byte> bytes, SignatureMemory memory, ulong provider, bool notes) =>
        SearchFor(Signed, bytes, memory, provider, notes) | SearchFor(Redacted, bytes, memory, provider, notes);

    private static bool SearchFor(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> bytes, SignatureMemory memory, ulong provider, bool notes)
    {
        for (var at = bytes.IndexOf(pattern); at >= 0; at = bytes.IndexOf(pattern))
        {
            bytes = bytes[(at + pattern.Length)..];
            var value = ValueOf(bytes, pattern.Length == Redacted.Length);
            if (value.IsEmpty)
            {
                continue;
            }

            if (notes)
            {
                memory.Note(HashOf(value), provider);
            }
            else if (IsForeign(value, memory, provider))
            {
                return true;
            }
        }

        return false;
    }

    // What stands between the quotes behind the name; of redacted thinking the data are the next member. Empty for anything else.
    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> bytes, bool isRedacted)
    {
        bytes = bytes.TrimStart(White);
        if (isRedacted)
        {
            bytes = bytes is [(byte)',', ..] ? bytes[1..].TrimStart(White) : default;
            bytes = bytes.StartsWith(Data) ? bytes[Data.Length..].TrimStart(White) : default;
        }

        bytes = bytes is [(byte)':', ..] ? bytes[1..].TrimStart(White) : default;
        var end = bytes is [(byte)'"', ..] ? bytes[1..].IndexOf((byte)'"') : 0;
        return end > 0 ? bytes.Slice(1, end) : default;
    }
}
