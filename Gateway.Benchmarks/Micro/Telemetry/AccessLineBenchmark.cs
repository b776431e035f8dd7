using BenchmarkDotNet.Attributes;
using Gateway.Core.Randomness;
using Gateway.Core.Telemetry;

namespace Gateway.Benchmarks.Micro.Telemetry;

/// <summary>What the end of an exchange costs its reactor: an id, the counters, and the access line if wanted.</summary>
[MemoryDiagnoser]
public class AccessLineBenchmark
{
    private readonly LineKeeper _log = new();
    private readonly CounterCells _cells = new GatewayCounters(1).CellsOf(0);
    private readonly MetricsWriter _metrics = new GatewayMetrics(1).Writers[0];
    private readonly byte[] _id = new byte[RequestIds.Length];
    private readonly RequestIds _ids = new(new Chance(1));

    private static ExchangeRecord Record => new()
    {
        RequestId = "req_gw_0123456789abcdefghijklmn"u8,
        Endpoint = EndpointKind.Messages,
        Provider = "anthropic"u8,
        Model = "claude-opus-5-5"u8,
        Status = 200,
        Attempts = 1,
        BytesIn = 49_152,
        BytesOut = 27_200,
        QueuedMicroseconds = 12,
        ConnectedMicroseconds = 40,
        FirstByteMicroseconds = 900_000,
        TotalMicroseconds = 4_000_000,
        Usage = new Usage(25, 89, 4096, 0, UsageSource.Final),
        StopReason = "end_turn"u8,
    };

    [Benchmark]
    public int Access_line()
    {
        AccessLine.Write(_log, Record);
        return _log.Line.Written.Length;
    }

    [Benchmark]
    public void Counters() => _cells.Count(Record);

    [Benchmark]
    public void Histograms() => _metrics.Record(Record, traffic: 0, provider: 0);

    [Benchmark]
    public void Request_id() => _ids.Next(_id);

    /// <summary>The formatting alone: one line, again and again.</summary>
    private sealed class LineKeeper : ILogSink
    {
        public JsonLogLine Line { get; } = new();

        public LogLevel Minimum { get; set; }

        public LogLine Open(LogLevel level, ReadOnlySpan<byte> name)
        {
            Line.Begin(DateTimeOffset.UnixEpoch, level, name);
            return Line;
        }

        public void Post(LogLine? line) => line?.End();
    }
}
