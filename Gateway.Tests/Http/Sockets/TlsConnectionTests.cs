using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Sockets;

[TestFixture("epoll")]
[TestFixture("sockets")]
internal sealed class TlsConnectionTests(string kind)
{
    private TestAuthority _authority = null!;
    private TestReactor _reactor = null!;
    private TlsPeer _peer = null!;
    private TlsSettings? _settings;

    [OneTimeSetUp]
    public void Found() => _authority = new TestAuthority();

    [OneTimeTearDown]
    public void Close() => _authority.Dispose();

    [SetUp]
    public void Start()
    {
        _settings = null;
        _reactor = new TestReactor(kind);
        _peer = new TlsPeer(_authority.Sign("provider.test"));
    }

    [TearDown]
    public async Task No_block_is_leaked()
    {
        var rented = await _reactor.RunAsync(() => _reactor.Reactor.Blocks.RentedBlocks);
        _reactor.Dispose();
        _peer.Dispose();
        Assert.That(rented, Is.Zero);
    }

    [Test]
    public async Task Speaks_http_1_1_to_the_name_it_was_given()
    {
        var (client, session) = await ConnectAsync();
        using var _ = session;
        Assert.Multiple(() =>
        {
            Assert.That(session.Tls.NegotiatedApplicationProtocol, Is.EqualTo(SslApplicationProtocol.Http11));
            Assert.That(session.Tls.TargetHostName, Is.EqualTo("provider.test"));
        });
        await CloseAsync(client);
    }

    [TestCase(1)]
    [TestCase(16)]
    [TestCase(5_000)]
    [TestCase(1_000_000)]
    public async Task Bytes_pass_both_ways_and_never_leave_the_thread(int length)
    {
        var (client, session) = await ConnectAsync();
        using var _ = session;
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        var echoing = EchoAsync(session, length);

        var (isSent, isHome, received) = await _reactor.RunAsync(async () =>
        {
            var reading = ReadAsync(client, length);
            var isSent = await SendAsync(client, bytes);
            var isHome = _reactor.Reactor.IsCurrent;
            var received = await reading;
            return (isSent, isHome && _reactor.Reactor.IsCurrent, received);
        });

        await TestReactor.WithinAsync(echoing);
        Assert.Multiple(() =>
        {
            Assert.That(isSent && isHome);
            Assert.That(received.AsSpan().SequenceEqual(bytes));
        });
        await CloseAsync(client);
    }

    [Test]
    public async Task A_client_that_is_done_says_goodbye()
    {
        var (client, session) = await ConnectAsync();
        using var _ = session;
        await CloseAsync(client);

        // Without close_notify this would be an error on some systems, and 0 on others; a plain end it is in both.
        Assert.That(await TestReactor.WithinAsync(session.Tls.ReadAsync(new byte[1]).AsTask()), Is.Zero);
    }

    [Test]
    public async Task Close_notify_is_an_end_and_a_bare_fin_is_a_loss([Values] bool isPolite)
    {
        var (client, session) = await ConnectAsync();
        using var _ = session;
        await session.WriteAsync("last words"u8.ToArray());
        if (isPolite)
        {
            await session.Tls.ShutdownAsync();
        }

        session.Socket.Shutdown(SocketShutdown.Send);
        var reader = await _reactor.RunAsync(async () =>
        {
            var reader = new ConnectionReader(client);
            while (!(await reader.ReadAsync()).IsCompleted)
            {
                reader.ExamineAll();
            }

            return reader;
        });

        Assert.Multiple(() =>
        {
            Assert.That(Encoding.ASCII.GetString(reader.Buffer.FirstSpan), Is.EqualTo("last words"));
            Assert.That(reader.IsLost, Is.Not.EqualTo(isPolite));
        });
        await EndAsync(client, reader);
    }

    [Test]
    public async Task A_reset_is_a_loss()
    {
        var (client, session) = await ConnectAsync();
        TestReactor.Reset(session.Socket);
        var reader = await _reactor.RunAsync(async () =>
        {
            var reader = new ConnectionReader(client);
            await reader.ReadAsync();
            return reader;
        });
        Assert.That(reader.IsLost);
        await EndAsync(client, reader);
    }

    [Test]
    public async Task An_idle_connection_takes_in_tickets_unseen_and_shows_bytes_nobody_asked_for()
    {
        var (client, session) = await ConnectAsync();
        using var _ = session;
        await _reactor.RunAsync(() => SendAsync(client, "ping"u8.ToArray()));
        await session.ReadAsync(4);
        await session.WriteAsync("pong"u8.ToArray());
        var answer = await _reactor.RunAsync(() => ReadAsync(client, 4));
        Assert.That(answer, Is.EqualTo("pong"u8.ToArray()));
        Assert.That(await _reactor.RunAsync(() => client.IsReadable), Is.False);
        Assert.That(await _reactor.RunAsync(() => _reactor.Reactor.Blocks.RentedBlocks), Is.Zero);

        await session.WriteAsync("!"u8.ToArray());
        await _reactor.RunAsync(client.WaitReadableAsync);
        Assert.That(await _reactor.RunAsync(() => client.IsReadable));
        await CloseAsync(client);
    }

    [Test]
    public async Task An_idle_connection_shows_that_the_peer_has_left()
    {
        var (client, session) = await ConnectAsync();
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _reactor.RunAsync(() => client.WatchPeer(state => ((TaskCompletionSource)state).SetResult(), left));
        session.Dispose();
        await TestReactor.WithinAsync(left.Task);
        Assert.That(await _reactor.RunAsync(() => client.IsReadable));
        await CloseAsync(client);
    }

    [Test]
    public async Task Close_ends_a_read_that_waits([Values] bool reset)
    {
        var (client, session) = await ConnectAsync();
        using var _ = session;
        var reader = new ConnectionReader(client);
        var reading = _reactor.RunAsync(() => reader.ReadAsync());
        await _reactor.RunAsync(() => client.Close(reset));
        Assert.That((await reading).IsCompleted && reader.IsLost);
        await EndAsync(client, reader);
    }

    [Test]
    public async Task A_flush_waits_for_a_peer_that_does_not_read_and_ends_with_the_connection()
    {
        var (client, session) = await ConnectAsync();
        using var _ = session;
        var sending = _reactor.RunAsync(() => SendAsync(client, new byte[24 * 1024 * 1024]));
        await _reactor.RunAsync(() => 0);
        Assert.That(sending.IsCompleted, Is.False);
        await _reactor.RunAsync(() => client.Close(reset: true));
        Assert.That(await sending, Is.False);
    }

    [Test]
    public async Task A_second_connection_resumes_the_session()
    {
        var (first, firstSession) = await ConnectAsync();
        await firstSession.WriteAsync("x"u8.ToArray());
        await _reactor.RunAsync(() => ReadAsync(first, 1));
        await CloseAsync(first);

        var (second, secondSession) = await ConnectAsync();
        await CloseAsync(second);

        // The server does not send its certificate again.
        Assert.That(secondSession.HandshakeBytes, Is.LessThan(firstSession.HandshakeBytes / 2));
        firstSession.Dispose();
        secondSession.Dispose();
    }

#if !DEBUG
    [Test]
    public async Task A_warm_exchange_costs_nothing_or_only_what_the_runtime_allocates_for_tls()
    {
        var (client, session) = await ConnectAsync();
        using var _ = session;
        var bytes = new byte[1_000];
        await RoundsAsync(500);
        var before = await _reactor.RunAsync(GC.GetAllocatedBytesForCurrentThread);
        await RoundsAsync(2_000);
        var perRound = (await _reactor.RunAsync(GC.GetAllocatedBytesForCurrentThread) - before) / 2_000;
        await TestContext.Out.WriteLineAsync($"{perRound} bytes per exchange");
        Assert.That(perRound, kind == "epoll" ? Is.Zero : Is.LessThan(300));
        await CloseAsync(client);

        async Task RoundsAsync(int rounds)
        {
            var echoing = EchoRoundsAsync(rounds);
            await _reactor.RunAsync(() => ExchangeAsync(client, bytes, rounds));
            await echoing;
        }

        async Task EchoRoundsAsync(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                await session.WriteAsync(await session.ReadAsync(bytes.Length));
            }
        }
    }

    private static async ValueTask ExchangeAsync(Connection connection, byte[] bytes, int rounds)
    {
        var writer = new ConnectionWriter(connection);
        var reader = new ConnectionReader(connection);
        for (var i = 0; i < rounds; i++)
        {
            writer.Write(bytes);
            await writer.FlushAsync();
            for (long left = bytes.Length; left > 0;)
            {
                var buffer = (await reader.ReadAsync()).Buffer;
                left -= buffer.Length;
                reader.AdvanceTo(buffer.End);
            }
        }

        await writer.CompleteAsync();
        await reader.CompleteAsync();
    }
#endif

    private static async Task EchoAsync(TlsPeer.Session session, int length)
    {
        var bytes = new byte[16_384];
        while (length > 0)
        {
            var count = await TestReactor.WithinAsync(session.Tls.ReadAsync(bytes).AsTask());
            await session.Tls.WriteAsync(bytes.AsMemory(0, count));
            length -= count;
        }
    }

    private static async ValueTask<bool> SendAsync(Connection connection, byte[] bytes)
    {
        var writer = new ConnectionWriter(connection);
        writer.Write(bytes);
        var result = await writer.FlushAsync();
        await writer.CompleteAsync();
        return !result.IsCompleted;
    }

    private static async ValueTask<byte[]> ReadAsync(Connection connection, int length)
    {
        var reader = new ConnectionReader(connection);
        var all = new List<byte>();
        while (all.Count < length)
        {
            var result = await reader.ReadAsync();
            foreach (var segment in result.Buffer)
            {
                all.AddRange(segment.Span);
            }

            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        await reader.CompleteAsync();
        return [.. all];
    }

    private async Task<(Connection Client, TlsPeer.Session Session)> ConnectAsync()
    {
        var settings = _settings ??= await TlsSettings.LoadAsync("provider.test", _authority.CaFile);
        var accepting = _peer.AcceptAsync();
        var client = await _reactor.RunAsync<Connection>(async () =>
        {
            var connection = _reactor.Reactor.Connect(_peer.EndPoint);
            await connection.ConnectedAsync();
            var secure = settings.Secure(connection);
            Assert.That(await secure.ConnectedAsync(), secure.ConnectFault);
            Assert.That(_reactor.Reactor.IsCurrent);
            return secure;
        });
        return (client, await accepting);
    }

    private Task CloseAsync(Connection connection) => _reactor.RunAsync(() => connection.Close());

    private Task EndAsync(Connection connection, ConnectionReader reader) => _reactor.RunAsync(() =>
    {
        connection.Close();
        reader.Complete();
    });
}
