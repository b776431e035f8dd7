using System.Net;
using System.Net.Sockets;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Sockets;

/// <summary>Accepting from a socket that was open before the reactors began.</summary>
[TestFixture(TransportKind.Epoll)]
[TestFixture(TransportKind.Sockets)]
[Platform("Linux")]
internal sealed class AdoptedSocketTests(TransportKind kind)
{
    private ReactorSet _reactors = null!;
    private Socket _listening = null!;
    private Mailbox<(int Index, Connection Connection)> _accepted = null!;

    [SetUp]
    public void Start()
    {
        _reactors = new ReactorSet(kind, 3, TimeProvider.System);
        _listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening.Listen(100);
        _listening.Blocking = false;
        _accepted = new Mailbox<(int, Connection)>();
    }

    [TearDown]
    public void Stop()
    {
        _reactors.Dispose();
        _listening.Dispose();
    }

    [Test]
    public async Task Takes_what_waits_in_the_queue_already()
    {
        using var early = await TestReactor.ConnectAsync((IPEndPoint)_listening.LocalEndPoint!);
        Assert.That(Adopt(), Is.EqualTo(early.RemoteEndPoint));
        var (index, connection) = await _accepted.TakeAsync();
        Assert.That(connection.Reactor, Is.SameAs(_reactors.Reactors[index]));
        Close(connection);
    }

    [Test]
    public async Task All_reactors_take_their_turn_even_in_a_quiet_hour()
    {
        var endPoint = Adopt();
        var taken = new int[3];
        for (var i = 0; i < 300; i++)
        {
            using var client = await TestReactor.ConnectAsync(endPoint);
            var (index, connection) = await _accepted.TakeAsync();
            taken[index]++;
            Close(connection);
        }

        Assert.That(taken, Has.All.GreaterThan(30));
    }

    [Test]
    public async Task A_double_goes_on_listening_when_the_reactors_have_stopped()
    {
        var endPoint = Adopt();
        var doubles = await _reactors.DuplicateListenersAsync();
        Assert.That(doubles, Has.Count.EqualTo(1), "there is one socket, however many accept from it");
        await TestReactor.WithinAsync(_reactors.StopListeningAsync());

        using var late = await TestReactor.ConnectAsync(endPoint);
        using var successor = new ReactorSet(kind, 2, TimeProvider.System);
        var descriptor = (int)doubles[0].DangerousGetHandle();
        doubles[0].SetHandleAsInvalid();
        successor.Adopt([ListeningSocket.Take(descriptor)!], new ConnectionGate(10), Note);
        var (_, connection) = await _accepted.TakeAsync();
        Close(connection);
        await TestReactor.WithinAsync(successor.StopListeningAsync());
        Assert.That(async () => await TestReactor.ConnectAsync(endPoint), Throws.InstanceOf<SocketException>(), "nobody has it any more");
    }

    [Test]
    public async Task After_the_end_there_is_nothing_to_double()
    {
        Adopt();
        await TestReactor.WithinAsync(_reactors.StopListeningAsync());
        Assert.That(await _reactors.DuplicateListenersAsync(), Is.Empty);
    }

    private IPEndPoint Adopt()
    {
        _reactors.Adopt([_listening], new ConnectionGate(1000), Note);
        return (IPEndPoint)_listening.LocalEndPoint!;
    }

    private void Note(int index, Connection connection) => _accepted.Add((index, connection));

    private static void Close(Connection connection) =>
        connection.Reactor.Post(static connection => ((Connection)connection!).Close(), connection);
}
