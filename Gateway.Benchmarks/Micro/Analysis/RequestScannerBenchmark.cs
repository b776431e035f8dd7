using BenchmarkDotNet.Attributes;
using Gateway.Benchmarks.Load;
using Gateway.Core.Analysis;

namespace Gateway.Benchmarks.Micro.Analysis;

/// <summary>What it costs to learn what a request needs: its body comes in pieces of a block, as it does from a socket.</summary>
[MemoryDiagnoser]
public class RequestScannerBenchmark
{
    private const int Piece = 16 * 1024;
    private const int SessionBytes = 80 * 1024;
    private const int PlainBytes = 40_000;

    private readonly RequestScanner _scanner = new();
    private readonly byte[] _session = AgentBodies.Session().MinBy(static body => Math.Abs(body.Length - SessionBytes))!;
    private readonly byte[] _plain = RequestBodies.OfSize(PlainBytes, stream: false);

    /// <summary>A conversation of Claude Code's of about 80 KB, with its tools.</summary>
    [Benchmark]
    public long A_session_of_80_KB() => Scan(_session);

    /// <summary>One long text of 40 KB.</summary>
    [Benchmark]
    public long A_text_of_40_KB() => Scan(_plain);

    private long Scan(byte[] body)
    {
        _scanner.Reset();
        for (var at = 0; at < body.Length; at += Piece)
        {
            _ = _scanner.Feed(body.AsSpan(at, Math.Min(Piece, body.Length - at)));
        }

        return _scanner.Complete() == ScanStatus.Done ? _scanner.Result.Bytes : throw new InvalidOperationException($"{_scanner.Error}");
    }
}
