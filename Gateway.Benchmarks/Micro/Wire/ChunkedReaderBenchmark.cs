using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.Http.Wire;

namespace Gateway.Benchmarks.Micro.Wire;

/// <summary>What a chunk costs: events of a stream, one to a chunk, and the large chunks of a body.</summary>
[MemoryDiagnoser]
public class ChunkedReaderBenchmark
{
    private const int Chunks = 200;

    private static readonly HttpLimits Limits = new();

    private readonly byte[] _events = Body("88\r\n", 0x88);
    private readonly byte[] _extended = Body("88;a=\"b\"\r\n", 0x88);
    private readonly byte[] _large = Body("4000\r\n", 0x4000);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Chunk_of_136_bytes() => Read(_events);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Chunk_with_an_extension() => Read(_extended);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Chunk_of_16_KB() => Read(_large);

    private static long Read(ReadOnlySpan<byte> body)
    {
        var reader = default(ChunkedReader);
        var total = 0L;
        while (reader.Read(body, Limits, out var consumed, out _, out var length, out _) == ChunkStep.Payload)
        {
            total += length;
            body = body[consumed..];
        }

        return total;
    }

    private static byte[] Body(string sizeLine, int size) =>
        Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Repeat($"{sizeLine}{new string('x', size)}\r\n", Chunks)) + "0\r\n\r\n");
}
