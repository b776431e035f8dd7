using System.Net;
using System.Net.Sockets;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Sockets;

[TestFixture(TransportKind.Epoll)]
[TestFixture(TransportKind.Sockets)]
internal sealed class ReactorSetTests(TransportKind kind)
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private ReactorSet _reactors = null!;

    [SetUp]
    public void Start() => _reactors = new ReactorSet(kind, 3, TimeProvider.System);

    [TearDown]
    public void Stop() => _reactors.Dispose();

    [Test]
    public void What_was_given_back_is_not_given_back_again()
    {
        _reactors.Dispose();
        using var others = new ReactorSet(kind, 3, TimeProvider.System);
        _reactors.Dispose();

        Assert.That(() => others.Listen(AnyPort, new ConnectionGate(1), static (_, _) => { }), Throws.Nothing, "their descriptors may have the same numbers");
    }

    [Test]
    public async Task A_reactor_that_may_still_run_says_so()
    {
        using var reactor = new TestReactor(kind == TransportKind.Epoll ? "epoll" : "sockets");
        Assert.That(await reactor.RunAsync(reactor.Reactor.Stop), Is.False, "it was its own thread that asked");
        Assert.That(reactor.Reactor.Stop(), Is.True);
    }

    [Test]
    public async Task All_reactors_share_one_port_and_get_connections_on_their_own_thread()
    {
        var accepted = new Mailbox<(int Index, bool IsHome, Connection Connection)>();
        var endPoint = _reactors.Listen(AnyPort, new ConnectionGate(1000), Note);

        var indices = new HashSet<int>();
        for (var i = 0; i < 200 && indices.Count < 3; i++)
        {
            using var client = await TestReactor.ConnectAsync(endPoint);
            var (index, isHome, connection) = await accepted.TakeAsync();
            Assert.That(isHome);
            Assert.That(connection.Reactor, Is.SameAs(_reactors.Reactors[index]));
            connection.Reactor.Post(static connection => ((Connection)connection!).Close(), connection);
            indices.Add(index);
        }

        Assert.That(indices, Has.Count.EqualTo(3));

        void Note(int index, Connection connection) => accepted.Add((index, connection.Reactor.IsCurrent, connection));
    }

    [Test]
    public async Task Stops_listening_on_all_of_them()
    {
        var endPoint = _reactors.Listen(AnyPort, new ConnectionGate(10), static (_, _) => { });
        await TestReactor.WithinAsync(_reactors.StopListeningAsync());
        Assert.That(async () => await TestReactor.ConnectAsync(endPoint), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public void A_port_that_another_gateway_has_is_an_error()
    {
        var endPoint = _reactors.Listen(AnyPort, new ConnectionGate(10), static (_, _) => { });
        using var other = new ReactorSet(kind, 1, TimeProvider.System);
        Assert.That(
            () => other.Listen(endPoint, new ConnectionGate(10), static (_, _) => { }),
            Throws.InstanceOf<SocketException>().With.Property("SocketErrorCode").EqualTo(SocketError.AddressAlreadyInUse));
    }

    [Test]
    public async Task A_port_that_was_let_go_can_be_had_again()
    {
        var endPoint = _reactors.Listen(AnyPort, new ConnectionGate(10), static (_, _) => { });
        await TestReactor.WithinAsync(_reactors.StopListeningAsync());
        Assert.That(_reactors.Listen(endPoint, new ConnectionGate(10), static (_, _) => { }), Is.EqualTo(endPoint));
    }

    [Test]
    public void Tells_its_kind()
    {
        using var best = new ReactorSet(TransportKind.Auto, 0, TimeProvider.System);
        Assert.Multiple(() =>
        {
            Assert.That(_reactors.Kind, Is.EqualTo(kind));
            Assert.That(best.Reactors, Has.Count.EqualTo(Environment.ProcessorCount));
        });
    }
}
