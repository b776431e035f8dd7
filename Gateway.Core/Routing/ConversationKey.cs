using System.Buffers;
using Gateway.Core.Analysis;

namespace Gateway.Core.Routing;

/// <summary>Which conversation a request belongs to, as a hash: what stays the same from turn to turn and differs between agents.</summary>
public static class ConversationKey
{
    // In a text its quotes would be escaped.
    private static ReadOnlySpan<byte> CacheMark => "\"cache_control\""u8;

    /// <summary>The session and agent of Claude Code; else metadata.user_id; else system, tools and first message. Allocates nothing.</summary>
    public static ulong Of(ScannedRequest request, IRequestFields fields, in ReadOnlySequence<byte> body)
    {
        var agent = fields.TryGet("x-claude-code-agent-id"u8, out var id) ? StableHash.Of(id) : 0;
        if (fields.TryGet("x-claude-code-session-id"u8, out var session))
        {
            return StableHash.Join(StableHash.Of(session), agent);
        }

        return request.UserHash != 0 ? StableHash.Join(request.UserHash, agent) : OfBeginning(request, body);
    }

    private static ulong OfBeginning(ScannedRequest request, in ReadOnlySequence<byte> body)
    {
        var hash = Part(body, request.SystemOffset, request.SystemEnd, 0);
        hash = Part(body, request.ToolsOffset, request.ToolsEnd, hash);
        return IsIn(body, request.FirstMessageOffset, request.FirstMessageEnd)
            ? OfMessage(body.Slice(request.FirstMessageOffset, request.FirstMessageEnd - request.FirstMessageOffset), hash)
            : hash;
    }

    // Without its cache marks: a client sets one in the last message, and takes it away when another follows.
    private static ulong OfMessage(in ReadOnlySequence<byte> message, ulong seed)
    {
        var hasher = new StableHasher(seed);
        var reader = new SequenceReader<byte>(message);
        while (reader.TryReadTo(out ReadOnlySequence<byte> before, CacheMark) && reader.TryAdvanceTo((byte)'}'))
        {
            Add(ref hasher, WithoutSeparator(before));
        }

        Add(ref hasher, reader.UnreadSequence);
        return hasher.Finish();
    }

    private static ReadOnlySequence<byte> WithoutSeparator(ReadOnlySequence<byte> bytes)
    {
        while (bytes.Length > 0 && bytes.Slice(bytes.Length - 1).FirstSpan[0] is (byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            bytes = bytes.Slice(0, bytes.Length - 1);
        }

        return bytes;
    }

    private static void Add(ref StableHasher hasher, in ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            hasher.Add(segment.Span);
        }
    }

    private static ulong Part(in ReadOnlySequence<byte> body, long begin, long end, ulong seed) =>
        IsIn(body, begin, end) ? StableHash.Of(body.Slice(begin, end - begin), seed) : seed;

    private static bool IsIn(in ReadOnlySequence<byte> body, long begin, long end) => end > begin && end <= body.Length;
}
