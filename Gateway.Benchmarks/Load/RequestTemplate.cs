using System.Text;
using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Replay;

namespace Gateway.Benchmarks.Load;

/// <summary>A request ready to be sent, in pinned memory: the connections send it from where it lies.</summary>
/// <param name="Segments">All of the request; pinned for ever.</param>
/// <param name="Answer">What it asks for.</param>
internal sealed record RequestTemplate(IReadOnlyList<ReadOnlyMemory<byte>> Segments, AnswerScript Answer)
{
    private const int OneSession = 1;
    private const int MostOfWarmUp = 20;

    // What its main conversation asks for.
    private const string Betas =
        "claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27,per-turn-control-2026-07-01," +
        "mid-conversation-tool-changes-2026-07-01,thinking-token-count-2026-05-13,advanced-tool-use-2025-11-20,effort-2025-11-24";

    /// <summary>The requests of a workload, in the order they are sent in.</summary>
    public static RequestTemplate[] Of(Workload workload, string host)
    {
        if (workload.Recording is { } recording)
        {
            return Of(recording, host);
        }

        var isOneSession = workload.Scene != Scene.Failover;
        return [.. workload.Bodies().Select((body, i) => Of(body, workload.Answer, host, isOneSession ? OneSession : i + 1))];
    }

    /// <summary>Some requests of a recording whose answers come at once.</summary>
    public static RequestTemplate[] WarmUpOf(Recording recording, string host) => Of(
        recording.Exchanges.Take(MostOfWarmUp).ToArray(), host,
        static (exchange, _) => exchange.IsStream ? AnswerScript.Stream(Math.Min(exchange.Pieces.Count, MostOfWarmUp)) : AnswerScript.Json(Math.Max(1, exchange.AnswerBytes)));

    private static RequestTemplate Of(byte[] body, AnswerScript answer, string host, int session) =>
        new([Pinned(HeadOf(answer, host, body.Length, session), body)], answer);

    private static RequestTemplate[] Of(Recording recording, string host) => Of(
        recording.Exchanges, host,
        static (exchange, i) => AnswerScript.Recorded(i + 1, exchange.IsStream, exchange.IsStream ? exchange.Pieces.Count : Math.Max(1, exchange.AnswerBytes)));

    // Thousands of them may be large: all padding is one.
    private static RequestTemplate[] Of(IReadOnlyList<RecordedExchange> exchanges, string host, Func<RecordedExchange, int, AnswerScript> answerOf)
    {
        ReadOnlyMemory<byte> padding = Pinned(RequestBodies.OfSize(exchanges.Max(static exchange => exchange.RequestBytes), stream: true));
        ReadOnlyMemory<byte> tail = Pinned(RequestBodies.Tail);
        return [.. exchanges.Select((exchange, i) =>
        {
            var answer = answerOf(exchange, i);
            var opening = RequestBodies.Opening(exchange.IsStream);
            var padded = Math.Max(0, exchange.RequestBytes - opening.Length - tail.Length);
            return new RequestTemplate(
                [Pinned(HeadOf(answer, host, opening.Length + padded + tail.Length, OneSession), opening), padding.Slice(RequestBodies.Opening(true).Length, padded), tail], answer);
        })];
    }

    private static byte[] Pinned(params byte[][] parts)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(parts.Sum(static part => part.Length), pinned: true);
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(bytes, at);
            at += part.Length;
        }

        return bytes;
    }

    // The fields that Claude Code sends and that a gateway looks at. A session is a conversation, which stays where it was answered.
    private static byte[] HeadOf(AnswerScript answer, string host, int length, int session) => Encoding.ASCII.GetBytes(
        $"POST /anthropic/v1/messages HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\naccept: application/json\r\n" +
        $"user-agent: claude-cli/2.1.0 (external, cli)\r\nx-app: cli\r\nx-api-key: sk-client\r\nanthropic-version: 2023-06-01\r\n" +
        $"anthropic-beta: {Betas}\r\nx-claude-code-session-id: 00000000-0000-4000-8000-{session:x12}\r\n" +
        $"{AnswerScript.FieldName}: {answer}\r\ncontent-length: {length}\r\n\r\n");
}
