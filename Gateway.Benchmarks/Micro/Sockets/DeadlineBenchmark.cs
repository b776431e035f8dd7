using BenchmarkDotNet.Attributes;
using Gateway.Http.Sockets;

namespace Gateway.Benchmarks.Micro.Sockets;

/// <summary>What restarting a deadline costs each event of a stream, and what a turn costs that finds none due.</summary>
[MemoryDiagnoser]
public class DeadlineBenchmark
{
    private PortableReactor _reactor = null!;
    private Deadline _deadline = null!;

    [GlobalSetup]
    public void Start()
    {
        // Never started: the benchmark's thread takes the place of the loop.
        _reactor = new PortableReactor("benchmark", TimeProvider.System);
        _deadline = new Deadline(_reactor, static _ => { }, this);
        _deadline.Start(60_000);
    }

    [GlobalCleanup]
    public void Stop() => _reactor.Dispose();

    [Benchmark]
    public void Restart() => _deadline.Start(60_000);

    [Benchmark]
    public int Turn()
    {
        _reactor.Timers.ReadClock();
        _reactor.Timers.Advance();
        return _reactor.Timers.NextTimeoutMs();
    }
}
