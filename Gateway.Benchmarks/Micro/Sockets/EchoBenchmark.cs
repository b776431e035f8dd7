using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Gateway.Http.Sockets;

namespace Gateway.Benchmarks.Micro.Sockets;

/// <summary>1 KB to a reactor and back over loopback: most of it is the kernel's, the rest tells the transports apart.</summary>
[MemoryDiagnoser]
public class EchoBenchmark
{
    private readonly byte[] _bytes = new byte[1_000];
    private ReactorSet _reactors = null!;
    private Socket _client = null!;

    /// <summary>How the reactor talks to the kernel.</summary>
    [Params(TransportKind.Epoll, TransportKind.Sockets)]
    public TransportKind Kind { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _reactors = new ReactorSet(Kind, 1, TimeProvider.System);
        var endPoint = _reactors.Listen(
            new IPEndPoint(IPAddress.Loopback, 0), new ConnectionGate(10), static (index, connection) => _ = EchoAsync(connection));
        _client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _client.Connect(endPoint);
    }

    [GlobalCleanup]
    public void Stop()
    {
        _client.Dispose();
        _reactors.Dispose();
    }

    [Benchmark]
    public int Round_trip()
    {
        _client.Send(_bytes);
        var received = 0;
        while (received < _bytes.Length)
        {
            received += _client.Receive(_bytes, received, _bytes.Length - received, SocketFlags.None);
        }

        return received;
    }

    private static async Task EchoAsync(Connection connection)
    {
        var reader = new ConnectionReader(connection);
        var writer = new ConnectionWriter(connection);
        while (true)
        {
            var result = await reader.ReadAsync();
            foreach (var segment in result.Buffer)
            {
                writer.Append(segment);
            }

            await writer.FlushAsync();
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                connection.Close();
                await writer.CompleteAsync();
                await reader.CompleteAsync();
                return;
            }
        }
    }
}
