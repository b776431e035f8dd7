using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>The whole warm path allocates nothing: client and provider are plain sockets with buffers of their own.</summary>
[TestFixture, NonParallelizable, Platform("Linux")]
internal sealed class AllocationTests
{
#if DEBUG
    // Reads of 16 bytes and boxed methods: here only the answers count.
    private const int WarmUp = 20;
    private const int Rounds = 2;
#else
    private const int WarmUp = 3_000;
    private const int Rounds = 200;
#endif
    private const int Batches = 10;

    [TestCase(1_000, false)]
    [TestCase(40_000, false)]
    [TestCase(1_000, true)]
    public void A_warm_exchange_allocates_nothing(int requestBytes, bool streams) => Run(requestBytes, streams, "");

    // The exporter allocates when it pushes, every thousand exchanges; the batches in between must not.
    [Test]
    public async Task An_exchange_that_is_traced_allocates_nothing_either()
    {
        await using var collector = new ScriptedProvider();
        Run(1_000, streams: true, $$""", "claude_gateway": { "otlp": { "endpoint": "{{collector.Url}}", "metrics": false } }""");
        Assert.That(collector.Requests, Is.Not.Empty, "traces were pushed");
    }

    private static void Run(int requestBytes, bool streams, string members)
    {
        var body = Samples.Message("claude-test", new string('a', requestBytes));
        byte[] request = [.. Encoding.ASCII.GetBytes($"POST /anthropic/v1/messages?beta=true HTTP/1.1\r\nContent-Type: application/json\r\nHost: g\r\nx-api-key: c\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
        var answer = Encoding.ASCII.GetBytes(streams ? StreamedAnswer() : $"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 00:00:00 GMT\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{\"a\":\"{new string('b', 992)}\"}}");
        using var provider = new EchoingSockets(answer);
        var gateway = new TestGateway(TransportKind.Epoll, $$"""
            { "default_provider": "p", "providers": { "p": { "base_url": "{{provider.Url}}", "api_key": "k" } } {{members}} }
            """, reactors: 1);
        try
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
                ReceiveTimeout = (int)Patience.Longest.TotalMilliseconds,
            };
            client.Connect(gateway.EndPoint);
            var buffer = new byte[64 * 1024];
            Exchange(client, request, buffer, streams, WarmUp);

            ExpectNone(LeastAllocated(() => Exchange(client, request, buffer, streams, Rounds)));
        }
        finally
        {
            gateway.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    // The counter is the whole process's, and the test runner reports its progress now and then. What an exchange
    // allocates it allocates in every batch; a batch without a byte proves that it allocates none.
    private static long LeastAllocated(Action batch)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Batches; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            batch();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    [System.Diagnostics.Conditional("RELEASE")]
    private static void ExpectNone(long allocated) =>
        Assert.That(allocated, Is.Zero, $"bytes in the best of {Batches} batches of {Rounds} exchanges");

    private static string StreamedAnswer()
    {
        var text = new StringBuilder("HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 00:00:00 GMT\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var part in Samples.Events.Select(part => new string([.. part.Where(char.IsAscii)])))
        {
            text.Append($"{part.Length:x}\r\n{part}\r\n");
        }

        return text.Append("0\r\n\r\n").ToString();
    }

    // Chunks and times in the head differ from round to round, so a round ends with the last bytes of its body.
    private static void Exchange(Socket client, byte[] request, byte[] buffer, bool streams, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            client.Send(request);
            var received = 0;
            do
            {
                received += client.Receive(buffer.AsSpan(received));
            }
            while (!IsWhole(buffer.AsSpan(0, received), streams));
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> received, bool streams) =>
        streams ? received.EndsWith("\r\n0\r\n\r\n"u8) : received.EndsWith("b\"}"u8);

    /// <summary>A provider on one thread that takes a request of known shape and sends the same bytes each time.</summary>
    private sealed class EchoingSockets : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly byte[] _answer;
        private readonly Thread _thread;
        private Socket? _connection;

        public EchoingSockets(byte[] answer)
        {
            _answer = answer;
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            Url = $"http://{_listener.LocalEndPoint}";
            _thread = new Thread(Serve) { IsBackground = true };
            _thread.Start();
        }

        public string Url { get; }

        public void Dispose()
        {
            // The gateway is gone, but in this process its pooled connection stays open.
            _listener.Dispose();
            Volatile.Read(ref _connection)?.Dispose();
            Assert.That(_thread.Join(Patience.Longest), "the provider ends");
        }

        // Every request of the test ends in the same byte pair, which comes nowhere else in it.
        private void Serve()
        {
            try
            {
                using var connection = _listener.Accept();
                connection.NoDelay = true;
                Volatile.Write(ref _connection, connection);
                var buffer = new byte[128 * 1024];
                for (var length = 0; ;)
                {
                    var count = connection.Receive(buffer.AsSpan(length));
                    if (count == 0)
                    {
                        return;
                    }

                    length += count;
                    if (buffer.AsSpan(0, length).EndsWith("true}"u8))
                    {
                        length = 0;
                        connection.Send(_answer);
                    }
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
