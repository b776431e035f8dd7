using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.Http.Wire;

namespace Gateway.Benchmarks.Micro.Wire;

/// <summary>What it costs to find and to parse the head of a typical answer of a provider.</summary>
[MemoryDiagnoser]
public class ResponseHeadBenchmark
{
    private static readonly HttpLimits Limits = new();

    private readonly ResponseHead _head = new(new FieldMemory());
    private readonly byte[] _bytes = Encoding.ASCII.GetBytes(ClaudeCodeHeads.Response);

    [Benchmark]
    public RejectReason Find_and_parse_a_head()
    {
        var boundary = HeadBoundary.ForResponse();
        _ = boundary.Examine(_bytes, Limits, out var end, out _);
        return _head.Parse(new ArraySegment<byte>(_bytes, 0, end), requestWasHead: false, Limits);
    }
}
