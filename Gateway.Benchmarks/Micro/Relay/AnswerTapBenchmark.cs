using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.Core.Relay;

namespace Gateway.Benchmarks.Micro.Relay;

/// <summary>What the tap costs beside a relay: a burst of deltas, a whole stream in reads of a socket, a message.</summary>
[MemoryDiagnoser]
public class AnswerTapBenchmark
{
    private const int Deltas = 200;
    private const int ReadSize = 16 * 1024;

    private readonly AnswerTap _tap = new();
    private readonly byte[] _burst = Repeat(Event("content_block_delta", Delta));
    private readonly byte[] _crlfBurst = Repeat(Event("content_block_delta", Delta).ReplaceLineEndings("\r\n"));
    private readonly byte[] _stream = Encoding.UTF8.GetBytes(Opening + string.Concat(Enumerable.Repeat(Event("content_block_delta", Delta), Deltas)) + Closing);
    private readonly byte[] _shortStream = Encoding.UTF8.GetBytes(Opening + Event("content_block_delta", Delta) + Closing);
    private readonly byte[] _message = Encoding.UTF8.GetBytes(
        $$$"""{"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-5-5","content":[{"type":"text","text":"{{{new string('x', 700)}}}"}],"stop_reason":"end_turn","usage":{{{Counts}}}}""");

    private static string Counts =>
        """{"input_tokens":25,"cache_creation_input_tokens":7,"cache_read_input_tokens":4096,"output_tokens":1}""";

    // 136 bytes as an event.
    private static string Delta =>
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"twenty-one characters"}}""";

    private static string Opening =>
        Event("message_start", $$$"""{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"claude-opus-5-5","stop_reason":null,"stop_sequence":null,"usage":{{{Counts}}}}}""")
        + Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""")
        + Event("ping", """{"type": "ping"}""");

    private static string Closing =>
        Event("content_block_stop", """{"type":"content_block_stop","index":0}""")
        + Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":200}}""")
        + Event("message_stop", """{"type":"message_stop"}""");

    [Benchmark(OperationsPerInvoke = Deltas)]
    public long One_delta_of_a_burst() => Tap(AnswerKind.EventStream, _burst, ReadSize);

    [Benchmark(OperationsPerInvoke = Deltas)]
    public long One_delta_with_CRLF() => Tap(AnswerKind.EventStream, _crlfBurst, ReadSize);

    [Benchmark(OperationsPerInvoke = Deltas)]
    public long One_delta_in_reads_of_100_bytes() => Tap(AnswerKind.EventStream, _burst, 100);

    [Benchmark]
    public long Stream_of_200_deltas() => Tap(AnswerKind.EventStream, _stream, ReadSize);

    [Benchmark]
    public long Stream_of_one_delta() => Tap(AnswerKind.EventStream, _shortStream, ReadSize);

    [Benchmark]
    public long Message_of_1_KB() => Tap(AnswerKind.Message, _message, ReadSize);

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    private static byte[] Repeat(string text) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, Deltas)));

    private long Tap(AnswerKind kind, ReadOnlySpan<byte> answer, int size)
    {
        _tap.Begin(kind);
        while (answer.Length > size)
        {
            _tap.Observe(answer[..size]);
            answer = answer[size..];
        }

        _tap.Observe(answer);
        _tap.End();
        return _tap.Events;
    }
}
