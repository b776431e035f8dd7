using System.Text;
using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Replay;

namespace Gateway.Benchmarks.Load;

/// <summary>A request ready to be sent, in pinned memory: the connections send it from where it lies.</summary>
/// <param name="Segments">All of the request; pinned for ever.</param>
/// <param name="Answer">What it asks for.</param>
internal sealed record RequestTemplate(IReadOnlyList<ReadOnlyMemory<byte>> Segments, AnswerScript Answer)
{
    /// <summary>The requests of a workload, in the order they are sent in.</summary>
    public static RequestTemplate[] Of(Workload workload, string host) =>
        workload.Recording is { } recording ? Of(recording, host) : [.. workload.Bodies().Select(body => Of(body, workload.Answer, host))];

    private static RequestTemplate Of(byte[] body, AnswerScript answer, string host) =>
        new([Pinned(HeadOf(answer, host, body.Length), body)], answer);

    // Thousands of them may be large: all padding is one.
    private static RequestTemplate[] Of(Recording recording, string host)
    {
        ReadOnlyMemory<byte> padding = Pinned(RequestBodies.OfSize(recording.Exchanges.Max(static exchange => exchange.RequestBytes), stream: true));
        ReadOnlyMemory<byte> tail = Pinned(RequestBodies.Tail);
        return [.. recording.Exchanges.Select((exchange, i) =>
        {
            var answer = AnswerScript.Recorded(i + 1, exchange.IsStream, exchange.IsStream ? exchange.Pieces.Count : Math.Max(1, exchange.AnswerBytes));
            var opening = RequestBodies.Opening(exchange.IsStream);
            var padded = Math.Max(0, exchange.RequestBytes - opening.Length - tail.Length);
            return new RequestTemplate(
                [Pinned(HeadOf(answer, host, opening.Length + padded + tail.Length), opening), padding.Slice(RequestBodies.Opening(true).Length, padded), tail], answer);
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

    // The fields that Claude Code sends and that a gateway looks at.
    private static byte[] HeadOf(AnswerScript answer, string host, int length) => Encoding.ASCII.GetBytes(
        $"POST /anthropic/v1/messages HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\naccept: application/json\r\n" +
        $"user-agent: claude-cli/2.1.0 (external, cli)\r\nx-app: cli\r\nx-api-key: sk-client\r\nanthropic-version: 2023-06-01\r\n" +
        $"{AnswerScript.FieldName}: {answer}\r\ncontent-length: {length}\r\n\r\n");
}
