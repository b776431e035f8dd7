using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Gateway.Http.Sockets;

namespace Gateway.Benchmarks.Micro.Sockets;

/// <summary>64 methods suspended at once and resumed: our boxes against the runtime's two ways of keeping them.</summary>
[MemoryDiagnoser]
public class ReactorTaskBenchmark
{
    private const int Count = 64;

    private readonly ReactorSignal[] _signals = [.. Enumerable.Range(0, Count).Select(static _ => new ReactorSignal())];
    private readonly ValueTask<int>[] _tasks = new ValueTask<int>[Count];

    [Benchmark(OperationsPerInvoke = Count)]
    public int Pooled_per_reactor() => Run(static signal => OursAsync(signal));

    [Benchmark(OperationsPerInvoke = Count)]
    public int Pooled_by_the_runtime() => Run(static signal => PooledAsync(signal));

    [Benchmark(OperationsPerInvoke = Count, Baseline = true)]
    public int Not_pooled() => Run(static signal => PlainAsync(signal));

    private int Run(Func<ReactorSignal, ValueTask<int>> begin)
    {
        var sum = 0;
#pragma warning disable CA2012 // each is taken once, after its pulse
        for (var i = 0; i < Count; i++)
        {
            _tasks[i] = begin(_signals[i]);
        }

        for (var i = 0; i < Count; i++)
        {
            _signals[i].Pulse();
            sum += _tasks[i].Result;
        }
#pragma warning restore CA2012

        return sum;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<int> OursAsync(ReactorSignal signal)
    {
        await signal.WaitAsync();
        return 1;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> PooledAsync(ReactorSignal signal)
    {
        await signal.WaitAsync();
        return 1;
    }

    private static async ValueTask<int> PlainAsync(ReactorSignal signal)
    {
        await signal.WaitAsync();
        return 1;
    }
}
