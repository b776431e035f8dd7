using System.Buffers;
using System.Net.Sockets;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Sockets;

/// <summary>Reader and writer over every transport: order, back-pressure, fairness, and blocks that come back.</summary>
[TestFixture("epoll")]
[TestFixture("sockets")]
internal sealed class ConnectionTrafficTests(string kind)
{
    // More than the kernel buffers of both ends can hold (tcp_wmem and tcp_rmem, 4 and 6 MB at most).
    private const int MoreThanTheKernelTakes = 24 * 1024 * 1024;

    private TestReactor _reactor = null!;

    [SetUp]
    public void Start() => _reactor = new TestReactor(kind);

    [TearDown]
    public async Task No_block_is_leaked()
    {
        var rented = await _reactor.RunAsync(() => _reactor.Reactor.Blocks.RentedBlocks);
        _reactor.Dispose();
        Assert.That(rented, Is.Zero);
    }

    [TestCase(1)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(100_000)]
    public async Task Echoes_every_byte_in_order(int length)
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var bytes = Pattern(length);
        var echoing = _reactor.RunAsync(() => EchoAsync(server));
        var reading = TestReactor.ReadToEndAsync(client);
        await client.SendAsync(bytes);
        client.Shutdown(SocketShutdown.Send);

        Assert.That(await reading, Is.EqualTo(bytes));
        await echoing;
    }

    [Test]
    public async Task A_flush_waits_for_a_peer_that_does_not_read_and_loses_nothing()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var bytes = Pattern(MoreThanTheKernelTakes);
        var sending = _reactor.RunAsync(() => SendAllAsync(server, bytes));

        // A turn of the reactor later the kernel is full, and the flush still waits.
        await _reactor.RunAsync(() => 0);
        Assert.That(sending.IsCompleted, Is.False);

        var received = await TestReactor.ReadToEndAsync(client);
        Assert.Multiple(() =>
        {
            Assert.That(received!.AsSpan().SequenceEqual(bytes));
            Assert.That(sending.Result);
        });
    }

    [Test, Platform("Linux")]
    public async Task Little_waits_in_the_kernel_for_a_peer_that_does_not_read()
    {
        // What the peer takes without reading, and 64 KB; by itself the kernel keeps 2.5 MB and more.
        const int Most = 1024 * 1024;
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var taken = await _reactor.RunAsync(async () =>
        {
            var writer = new ConnectionWriter(server);
            var taken = 0;
            var isTaken = true;
            while (isTaken && taken < 2 * Most)
            {
                writer.Write(Pattern(Block.Size));
                var flushing = writer.FlushAsync();
                isTaken = flushing.IsCompleted;
                taken += Block.Size;
                if (!isTaken)
                {
                    server.Close();
                }

                await flushing;
            }

            await writer.CompleteAsync();
            server.Close();
            return taken;
        });

        Assert.That(taken, Is.LessThan(Most));
    }

    [Test]
    public async Task A_waiting_flush_fails_when_the_peer_is_reset()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        var sending = _reactor.RunAsync(() => SendAllAsync(server, new byte[MoreThanTheKernelTakes]));
        await _reactor.RunAsync(() => 0);
        TestReactor.Reset(client);
        Assert.That(await sending, Is.False);
    }

    [Test]
    public async Task A_waiting_flush_fails_when_we_close()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var sending = _reactor.RunAsync(() => SendAllAsync(server, new byte[MoreThanTheKernelTakes]));
        await _reactor.RunAsync(() => server.Close());
        Assert.That(await sending, Is.False);
    }

    [Test]
    public async Task Slices_of_all_sizes_go_out_gathered_and_in_order()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var expected = await _reactor.RunAsync(async () =>
        {
            var writer = new ConnectionWriter(server);
            var block = _reactor.Reactor.Blocks.Rent();
            Pattern(Block.Size).CopyTo(block.Whole);
            block.Commit(Block.Size);
            var sent = new List<byte>();
            for (var i = 0; i < 200; i++)
            {
                writer.Write([(byte)i]);
                writer.Append(block.Slice(i, i * 7));
                sent.Add((byte)i);
                sent.AddRange(block.Slice(i, i * 7).Span);
            }

            await writer.FlushAsync();
            _reactor.Reactor.Blocks.Return(block);
            server.Close();
            return sent.ToArray();
        });
        Assert.That(await TestReactor.ReadToEndAsync(client), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_idle_reader_holds_no_block()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var reader = new ConnectionReader(server);
        await client.SendAsync("one"u8.ToArray());
        await _reactor.RunAsync(async () => reader.AdvanceTo((await reader.ReadAsync()).Buffer.End));

        var reading = _reactor.RunAsync(() => reader.ReadAsync());
        Assert.That(await _reactor.RunAsync(() => _reactor.Reactor.Blocks.RentedBlocks), Is.Zero);

        await _reactor.RunAsync(() => server.Close());
        Assert.That((await reading).IsCompleted);
        await _reactor.RunAsync(() => reader.Complete());
    }

    [Test]
    public async Task A_pending_read_can_be_canceled_and_resumed()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var reader = new ConnectionReader(server);
        var reading = _reactor.RunAsync(() => reader.ReadAsync());
        await _reactor.RunAsync(reader.CancelPendingRead);
        Assert.That((await reading).IsCanceled);

        await client.SendAsync("x"u8.ToArray());
        Assert.That((await _reactor.RunAsync(() => reader.ReadAsync())).Buffer.Length, Is.EqualTo(1));
        await _reactor.RunAsync(() => EndAsync(server, reader));
    }

    [Test]
    public async Task A_flooding_connection_reads_only_so_often_in_one_turn()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var sending = client.SendAsync(new byte[256 * 1024]);
        var most = await _reactor.RunAsync(async () =>
        {
            var reader = new ConnectionReader(server);
            var (turn, reads, most, total) = (0L, 0, 0, 0L);
            while (total < 64 * 1024)
            {
                var result = await reader.ReadAsync();
                total += result.Buffer.Length;
                reader.AdvanceTo(result.Buffer.End);
                reads = turn == _reactor.Reactor.Turn ? reads + 1 : 1;
                turn = _reactor.Reactor.Turn;
                most = Math.Max(most, reads);
            }

            await EndAsync(server, reader);
            return most;
        });

        Assert.That(most, Is.LessThanOrEqualTo(32));
        await TestReactor.WithinAsync(sending).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    [Test]
    public async Task What_is_not_consumed_stays_and_can_be_read_again()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var bytes = Pattern(Block.Size + 100);
        await client.SendAsync(bytes);
        client.Shutdown(SocketShutdown.Send);
        var kept = await _reactor.RunAsync(async () =>
        {
            var reader = new ConnectionReader(server);
            while (!(await reader.ReadAsync()).IsCompleted)
            {
                reader.ExamineAll();
            }

            var kept = reader.Buffer.ToArray();
            await EndAsync(server, reader);
            return kept;
        });
        Assert.That(kept, Is.EqualTo(bytes));
    }

#if !DEBUG
    [TestCase(0, Block.Size)]
    [TestCase(40_000, 40_000)]
    public async Task What_is_expected_comes_in_one_read(int expected, int read)
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var reader = new ConnectionReader(server);
        await _reactor.RunAsync(() => reader.Expect(expected));
        await client.SendAsync(Pattern(40_000));

        // The portable transport fills one block at a time.
        Assert.That((await _reactor.RunAsync(() => reader.ReadAsync())).Buffer.Length, Is.EqualTo(kind == "epoll" ? read : Block.Size));

        await _reactor.RunAsync(() => EndAsync(server, reader));
    }

    [Test]
    public async Task A_warm_echo_allocates_nothing()
    {
        // Debug builds make a class of every async method, so only Release can keep this promise.
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var reader = new ConnectionReader(server);
        var writer = new ConnectionWriter(server);
        var bytes = Pattern(1_000);
        await RoundsAsync(1_000);
        var before = await AllocatedAsync();
        await RoundsAsync(10_000);
        var allocated = await AllocatedAsync() - before;
        await _reactor.RunAsync(() => EndAsync(server, reader));

        // What the test itself posts to the reactor is not the connection's.
        Assert.That(allocated, Is.LessThan(2_000));

        async Task RoundsAsync(int rounds)
        {
            var echoing = _reactor.RunAsync(() => EchoRoundsAsync(reader, writer, rounds * bytes.Length));
            var buffer = new byte[bytes.Length];
            for (var i = 0; i < rounds; i++)
            {
                client.Send(bytes);
                for (var left = buffer.Length; left > 0;)
                {
                    left -= client.Receive(buffer, left, SocketFlags.None);
                }
            }

            await echoing;
        }

        Task<long> AllocatedAsync() => _reactor.RunAsync(GC.GetAllocatedBytesForCurrentThread);
    }

    private static async ValueTask EchoRoundsAsync(ConnectionReader reader, ConnectionWriter writer, long bytes)
    {
        while (bytes > 0)
        {
            var result = await reader.ReadAsync();
            foreach (var segment in result.Buffer)
            {
                writer.Append(segment);
                bytes -= segment.Length;
            }

            await writer.FlushAsync();
            reader.AdvanceTo(result.Buffer.End);
        }
    }
#endif

    private static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(i * 31 ^ (i >> 8));
        }

        return bytes;
    }

    private static async ValueTask<bool> SendAllAsync(Connection connection, byte[] bytes)
    {
        var writer = new ConnectionWriter(connection);
        writer.Write(bytes);
        var result = await writer.FlushAsync();
        connection.Close();
        await writer.CompleteAsync();
        return !result.IsCompleted;
    }

    private static async ValueTask EchoAsync(Connection connection)
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
                break;
            }
        }

        await writer.CompleteAsync();
        await EndAsync(connection, reader);
    }

    private static async ValueTask EndAsync(Connection connection, ConnectionReader reader)
    {
        connection.Close();
        await reader.CompleteAsync();
    }
}
