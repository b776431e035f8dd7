using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.Http.Wire;

namespace Gateway.Benchmarks.Micro.Wire;

/// <summary>What it costs to write a typical head anew, field by field.</summary>
[MemoryDiagnoser]
public class HeadWriterBenchmark
{
    private readonly ArrayBufferWriter<byte> _output = new(16 * 1024);
    private readonly RequestHead _request = new(new FieldMemory());

    [GlobalSetup]
    public void Setup() => _request.Parse(Encoding.ASCII.GetBytes(ClaudeCodeHeads.Request), new HttpLimits());

    [Benchmark]
    public int Write_a_request_head()
    {
        _output.ResetWrittenCount();
        var head = new HeadWriter(_output);
        head.RequestLine(_request.MethodText, default, _request.Path, _request.Query);
        var fields = _request.Headers;
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields.IsForwardable(i))
            {
                head.Field(fields.Name(i), fields.Value(i));
            }
        }

        head.Field("content-length"u8, _request.Framing.Length);
        head.End();
        return _output.WrittenCount;
    }
}
