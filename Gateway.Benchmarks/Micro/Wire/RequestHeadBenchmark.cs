using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.Http.Wire;

namespace Gateway.Benchmarks.Micro.Wire;

/// <summary>What it costs to find and to parse the head of a typical request of Claude Code (1 KB, 21 fields).</summary>
[MemoryDiagnoser]
public class RequestHeadBenchmark
{
    private static readonly HttpLimits Limits = new();

    private readonly RequestHead _head = new(new FieldMemory());
    private readonly byte[] _bytes = Encoding.ASCII.GetBytes(ClaudeCodeHeads.Request);

    [Benchmark]
    public ParseStatus Find_the_end_of_a_head()
    {
        var boundary = HeadBoundary.ForRequest();
        return boundary.Examine(_bytes, Limits, out _, out _);
    }

    [Benchmark]
    public RejectReason Parse_a_head() => _head.Parse(_bytes, Limits);

    [Benchmark]
    public RejectReason Find_and_parse_a_head()
    {
        var boundary = HeadBoundary.ForRequest();
        _ = boundary.Examine(_bytes, Limits, out var end, out _);
        return _head.Parse(new ArraySegment<byte>(_bytes, 0, end), Limits);
    }
}
