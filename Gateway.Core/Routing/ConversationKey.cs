using System.Buffers;
using Gateway.Core.Analysis;

namespace Gateway.Core.Routing;

/// <summary>Which conversation a request belongs to, as a hash: what stays the same from turn to turn and differs between agents.</summary>
public static class ConversationKey
{
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
        return Part(body, request.FirstMessageOffset, request.FirstMessageEnd, hash);
    }

    private static ulong Part(in ReadOnlySequence<byte> body, long begin, long end, ulong seed) =>
        end > begin && end <= body.Length ? StableHash.Of(body.Slice(begin, end - begin), seed) : seed;
}
