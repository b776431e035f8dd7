using System.Net;
using System.Net.Sockets;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Sockets;

/// <summary>What every transport promises about accepting.</summary>
[TestFixture("epoll")]
[TestFixture("sockets")]
internal sealed class ListenerTests(string kind)
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private TestReactor _reactor = null!;

    [SetUp]
    public void Start() => _reactor = new TestReactor(kind);

    [TearDown]
    public void Stop() => _reactor.Dispose();

    [Test]
    public async Task Above_the_limit_a_connection_is_reset_and_below_it_again_accepted()
    {
        var gate = new ConnectionGate(1);
        var accepted = new Mailbox<Connection>();
        var listener = _reactor.Reactor.Listen(AnyPort, gate, accepted.Add);
        using var first = await TestReactor.ConnectAsync((IPEndPoint)listener.Address);
        var server = await accepted.TakeAsync();

        Assert.That(await IsResetAsync((IPEndPoint)listener.Address));
        Assert.That((gate.Open, gate.Accepted, gate.Refused), Is.EqualTo((1, 1L, 1L)));

        await _reactor.RunAsync(() => server.Close());
        await _reactor.RunAsync(() => server.Close());
        Assert.That(gate.Open, Is.Zero);

        using var third = await TestReactor.ConnectAsync((IPEndPoint)listener.Address);
        await accepted.TakeAsync();
        Assert.That(gate.Open, Is.EqualTo(1));
        await _reactor.RunAsync(listener.Close);
    }

    [Test]
    public async Task While_nobody_is_let_in_who_comes_waits_and_is_served_afterwards()
    {
        var gate = new ConnectionGate(10) { IsClosed = true };
        var accepted = new Mailbox<Connection>();
        var listener = _reactor.Reactor.Listen(AnyPort, gate, accepted.Add);
        using var client = await TestReactor.ConnectAsync((IPEndPoint)listener.Address);
        await _reactor.RunAsync(() => { });
        Assert.That((gate.Accepted, gate.Refused), Is.EqualTo((0L, 0L)), "neither taken nor sent away");

        gate.IsClosed = false;
        await accepted.TakeAsync();
        Assert.That(gate.Open, Is.EqualTo(1));
        await _reactor.RunAsync(listener.Close);
    }

    [Test]
    public async Task Close_accepts_who_waits_already_and_nobody_after()
    {
        var accepted = new Mailbox<Connection>();
        var listener = _reactor.Reactor.Listen(AnyPort, new ConnectionGate(10), accepted.Add);
        var sockets = new List<Socket>();
        await _reactor.RunAsync(() =>
        {
            // The reactor is busy here, so these wait in the kernel's queue.
            for (var i = 0; i < 3; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Connect((IPEndPoint)listener.Address);
                sockets.Add(socket);
            }

            listener.Close();
        });

        for (var i = 0; i < 3; i++)
        {
            var connection = await accepted.TakeAsync();
            await _reactor.RunAsync(() => connection.Close());
            sockets[i].Dispose();
        }

        Assert.That(
            async () => await TestReactor.ConnectAsync((IPEndPoint)listener.Address),
            Throws.InstanceOf<SocketException>());
    }

    [Test]
    public void An_address_that_is_not_ours_can_not_be_had() => Assert.That(
        () => _reactor.Reactor.Listen(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0), new ConnectionGate(1), static _ => { }),
        Throws.InstanceOf<SocketException>());

    [Test]
    public async Task Listens_on_every_family_of_the_system_at_the_any_address()
    {
        var (any, addresses) = Socket.OSSupportsIPv6
            ? (IPAddress.IPv6Any, new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
            : (IPAddress.Any, [IPAddress.Loopback]);
        var accepted = new Mailbox<Connection>();
        var listener = _reactor.Reactor.Listen(new IPEndPoint(any, 0), new ConnectionGate(10), accepted.Add);
        foreach (var address in addresses)
        {
            using var client = await TestReactor.ConnectAsync(new IPEndPoint(address, ((IPEndPoint)listener.Address).Port));
            var connection = await accepted.TakeAsync();
            await _reactor.RunAsync(() => connection.Close());
        }

        await _reactor.RunAsync(listener.Close);
    }

    // The reset may be there before the connect has returned.
    private static async Task<bool> IsResetAsync(IPEndPoint endPoint)
    {
        try
        {
            using var client = await TestReactor.ConnectAsync(endPoint);
            return await TestReactor.ReadToEndAsync(client) is null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.ConnectionReset;
        }
    }
}
