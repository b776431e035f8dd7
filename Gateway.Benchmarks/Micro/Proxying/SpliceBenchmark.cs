using System.Buffers;
using BenchmarkDotNet.Attributes;
using Gateway.Benchmarks.Load;
using Gateway.Core.Analysis;
using Gateway.Http.Proxying;
using Gateway.Http.Sockets;

namespace Gateway.Benchmarks.Micro.Proxying;

/// <summary>What it costs to queue a body of 80 KB for its provider: as it is, and with another model's name in it.</summary>
[MemoryDiagnoser]
public class SpliceBenchmark
{
    private const int Bytes = 80 * 1024;

    private readonly RequestScanner _scanner = new();
    private ReactorSet _reactors = null!;
    private ConnectionWriter _writer = null!;
    private ReadOnlySequence<byte> _body;

    [GlobalSetup]
    public void Setup()
    {
        var body = AgentBodies.Session().MinBy(static body => Math.Abs(body.Length - Bytes))!;
        _scanner.Reset();
        _ = _scanner.Feed(body);
        _ = _scanner.Complete();
        _body = new ReadOnlySequence<byte>(body);
        _reactors = new ReactorSet(TransportKind.Sockets, 1, TimeProvider.System);
        _writer = new ConnectionWriter(new Sink(_reactors.Reactors[0]));
    }

    [GlobalCleanup]
    public void Stop() => _reactors.Dispose();

    [Benchmark]
    public bool Body_as_it_is() => Send(default);

    [Benchmark]
    public bool Body_with_another_model() => Send("\"another-model\""u8);

    private bool Send(ReadOnlySpan<byte> model)
    {
        RequestRewriter.WriteBody(_writer, _body, _scanner.Result, model);
        var sending = _writer.FlushAsync();
        return sending.IsCompletedSuccessfully && !sending.Result.IsCompleted;
    }

    /// <summary>Takes everything at once: the kernel's part is left out.</summary>
    private sealed class Sink(Reactor reactor) : Connection(reactor)
    {
        public override bool IsReadable => false;

        public override ValueTask<bool> ConnectedAsync() => new(true);

        public override int TryReceive(Memory<byte> buffer) => WouldBlock;

        public override ValueTask WaitReadableAsync() => default;

        public override void WakeReader()
        {
        }

        public override ValueTask<bool> SendAsync(SendQueue queue) => new(true);

        public override void ShutdownSend()
        {
        }

        public override void Close(bool reset = false) => IsClosed = true;
    }
}
