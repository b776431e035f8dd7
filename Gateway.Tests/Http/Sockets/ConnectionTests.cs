using System.Net;
using System.Net.Sockets;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Sockets;

/// <summary>What every transport promises about a connection.</summary>
[TestFixture("epoll")]
[TestFixture("sockets")]
internal sealed class ConnectionTests(string kind)
{
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

    [Test]
    public async Task Receives_what_was_sent_and_then_the_end()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        await client.SendAsync("hello"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);

        var received = await _reactor.RunAsync(() => ReceiveAllAsync(server));

        Assert.Multiple(() =>
        {
            Assert.That(received.Bytes, Is.EqualTo("hello"u8.ToArray()));
            Assert.That(received.End, Is.EqualTo(Connection.EndOfStream));
        });
        await CloseAsync(server);
    }

    [Test]
    public async Task A_reset_is_a_loss_and_not_an_end()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        TestReactor.Reset(client);

        var received = await _reactor.RunAsync(() => ReceiveAllAsync(server));

        Assert.That(received.End, Is.EqualTo(Connection.Lost));
        await CloseAsync(server);
    }

    [Test]
    public async Task A_reset_that_a_send_has_noticed_is_no_end_for_the_reader_either()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        var left = Watch(server);
        var isSent = await _reactor.RunAsync(async () =>
        {
            TestReactor.Reset(client);
            var writer = new ConnectionWriter(server);
            writer.Write("late"u8);
            return !(await writer.FlushAsync()).IsCompleted;
        });
        await TestReactor.WithinAsync(left);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(isSent, Is.False);
            Assert.That(await _reactor.RunAsync(() => server.TryReceive(new byte[16])), Is.EqualTo(Connection.Lost));
        });
        await CloseAsync(server);
    }

    [Test]
    public async Task Receives_nothing_where_nothing_is()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var result = await _reactor.RunAsync(() => server.TryReceive(new byte[10]));
        Assert.That(result, Is.EqualTo(Connection.WouldBlock));
        await CloseAsync(server);
    }

    [Test]
    public async Task Is_readable_once_bytes_came_and_until_they_are_taken()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        await client.SendAsync("ab"u8.ToArray());
        await _reactor.RunAsync(server.WaitReadableAsync);

        var states = await _reactor.RunAsync(() =>
        {
            var before = server.IsReadable;
            server.TryReceive(new byte[10]);
            return (before, server.IsReadable);
        });

        Assert.That(states, Is.EqualTo((true, false)));
        await CloseAsync(server);
    }

    [Test]
    public async Task A_waiting_reader_can_be_woken()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var waiting = _reactor.RunAsync(server.WaitReadableAsync);
        await _reactor.RunAsync(server.WakeReader);
        await waiting;
        await CloseAsync(server);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Tells_that_the_peer_left_while_nobody_reads(bool reset)
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        var left = Watch(server);
        if (reset)
        {
            TestReactor.Reset(client);
        }
        else
        {
            client.Dispose();
        }

        await TestReactor.WithinAsync(left);
        Assert.That(server.PeerHasLeft);
        await CloseAsync(server);
    }

    [Test]
    public async Task Who_watches_too_late_is_told_at_once()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        var first = Watch(server);
        client.Dispose();
        await TestReactor.WithinAsync(first);
        await TestReactor.WithinAsync(Watch(server));
        await CloseAsync(server);
    }

    [Test]
    public async Task A_watcher_may_close_the_connection_that_is_being_read()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        var reading = _reactor.RunAsync(() => ReceiveAllAsync(server));
        await _reactor.RunAsync(() => server.WatchPeer(static connection => ((Connection)connection).Close(), server));

        TestReactor.Reset(client);

        Assert.That((await reading).End, Is.EqualTo(Connection.Lost));
    }

    [Test]
    public async Task Close_sends_fin_and_close_by_reset_sends_rst([Values] bool reset)
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        await _reactor.RunAsync(() => server.Close(reset));
        var read = await TestReactor.ReadToEndAsync(client);
        Assert.That(read is null, Is.EqualTo(reset));
    }

    [Test]
    public async Task What_was_sent_before_a_close_arrives()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        await _reactor.RunAsync(async () =>
        {
            var writer = new ConnectionWriter(server);
            writer.Write("bye"u8);
            await writer.FlushAsync();
            server.Close();
            await writer.CompleteAsync();
        });
        Assert.That(await TestReactor.ReadToEndAsync(client), Is.EqualTo("bye"u8.ToArray()));
    }

    [Test]
    public async Task After_fin_the_other_direction_goes_on()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        await _reactor.RunAsync(server.ShutdownSend);
        Assert.That(await TestReactor.ReadToEndAsync(client), Is.Empty);

        await client.SendAsync("more"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);
        Assert.That((await _reactor.RunAsync(() => ReceiveAllAsync(server))).Bytes, Is.EqualTo("more"u8.ToArray()));
        await CloseAsync(server);
    }

    [Test]
    public async Task What_the_peer_sent_before_it_cut_is_received_though_a_send_hears_of_the_cut_first()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        var (isSent, received) = await _reactor.RunAsync(async () =>
        {
            // All in one turn: no event comes in between.
            client.Send("an early answer"u8);
            TestReactor.Reset(client);
            var writer = new ConnectionWriter(server);
            writer.Write("the rest of a request"u8);
            var isSent = !(await writer.FlushAsync()).IsCompleted;
            await writer.CompleteAsync();
            return (isSent, await ReceiveAllAsync(server));
        });

        Assert.That(isSent, Is.False);
        Assert.That(received.Bytes, Is.EqualTo("an early answer"u8.ToArray()));
        Assert.That(received.End, Is.EqualTo(Connection.Lost));
        await CloseAsync(server);
    }

    [Test]
    public async Task Close_ends_a_waiting_reader()
    {
        var (server, client) = await _reactor.ConnectPairAsync();
        using var _ = client;
        var reading = _reactor.RunAsync(() => ReceiveAllAsync(server));
        await CloseAsync(server);
        Assert.That((await reading).End, Is.EqualTo(Connection.Lost));
    }

    [Test]
    public async Task Connects_to_who_listens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connection = await _reactor.RunAsync(() => _reactor.Reactor.Connect((IPEndPoint)listener.LocalEndpoint));
        Assert.That(await _reactor.RunAsync(connection.ConnectedAsync));

        using var peer = await listener.AcceptSocketAsync().Soon();
        await peer.SendAsync("x"u8.ToArray());
        peer.Shutdown(SocketShutdown.Both);
        Assert.That((await _reactor.RunAsync(() => ReceiveAllAsync(connection))).Bytes, Is.EqualTo("x"u8.ToArray()));
        await CloseAsync(connection);
    }

    [Test]
    public async Task A_refused_connect_is_a_value()
    {
        var connection = await _reactor.RunAsync(() => _reactor.Reactor.Connect(ClosedPort()));
        Assert.That(await _reactor.RunAsync(connection.ConnectedAsync), Is.False);
        await CloseAsync(connection);
    }

    [Test]
    public async Task Close_ends_a_pending_connect()
    {
        // A full backlog: the handshake of this one is not answered.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var connections = new List<Connection>();
        for (var i = 0; i < 4; i++)
        {
            connections.Add(await _reactor.RunAsync(() => _reactor.Reactor.Connect((IPEndPoint)listener.LocalEndPoint!)));
        }

        var last = _reactor.RunAsync(connections[^1].ConnectedAsync);
        foreach (var connection in connections)
        {
            await CloseAsync(connection);
        }

        Assert.That(await last, Is.False);
    }

    internal static IPEndPoint ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    private static async ValueTask<(byte[] Bytes, int End)> ReceiveAllAsync(Connection connection)
    {
        var all = new List<byte>();
        var buffer = new byte[16];
        while (true)
        {
            var count = connection.TryReceive(buffer);
            if (count > 0)
            {
                all.AddRange(buffer.AsSpan(0, count));
            }
            else if (count == Connection.WouldBlock)
            {
                await connection.WaitReadableAsync();
            }
            else
            {
                return ([.. all], count);
            }
        }
    }

    private Task Watch(Connection connection)
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _reactor.Reactor.Post(_ => connection.WatchPeer(state => ((TaskCompletionSource)state).SetResult(), left), null);
        return left.Task;
    }

    private Task CloseAsync(Connection connection) => _reactor.RunAsync(() => connection.Close());
}
