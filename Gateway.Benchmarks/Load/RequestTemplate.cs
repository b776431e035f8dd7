using System.Text;
using Gateway.Benchmarks.Provider;

namespace Gateway.Benchmarks.Load;

/// <summary>A request ready to be sent, head and body in one pinned array: the connections send it from where it lies.</summary>
internal sealed class RequestTemplate
{
    private RequestTemplate(byte[] bytes) => Bytes = bytes;

    /// <summary>All of the request; pinned for ever.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The requests of a workload, in the order they are sent in.</summary>
    public static RequestTemplate[] Of(Workload workload, string host) =>
        [.. workload.Bodies().Select(body => Of(body, workload.Answer, host))];

    private static RequestTemplate Of(byte[] body, AnswerScript answer, string host)
    {
        // The fields that Claude Code sends and that a gateway looks at.
        var head = Encoding.ASCII.GetBytes(
            $"POST /anthropic/v1/messages HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\naccept: application/json\r\n" +
            $"user-agent: claude-cli/2.1.0 (external, cli)\r\nx-app: cli\r\nx-api-key: sk-client\r\nanthropic-version: 2023-06-01\r\n" +
            $"{AnswerScript.FieldName}: {answer}\r\ncontent-length: {body.Length}\r\n\r\n");
        var bytes = GC.AllocateUninitializedArray<byte>(head.Length + body.Length, pinned: true);
        head.CopyTo(bytes, 0);
        body.CopyTo(bytes, head.Length);
        return new RequestTemplate(bytes);
    }
}
