using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Tests.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Upstream;

[TestFixture("epoll")]
[TestFixture("sockets")]
internal sealed class ConnectAttemptTests(string kind)
{
    private const string Name = "provider.test";

    // All of 127.0.0.0/8 is this machine; nobody listens at this address, so it refuses.
    private static readonly IPAddress Refusing = IPAddress.Parse("127.0.0.77");

    private readonly ManualTime _time = new();
    private TestAuthority _authority = null!;
    private FakeResolver _resolver = null!;
    private DnsCache _dns = null!;
    private TestReactor _reactor = null!;
    private ConnectAttempt _attempt = null!;
    private TcpListener _listener = null!;

    private IPEndPoint Local => (IPEndPoint)_listener.LocalEndpoint;

    [OneTimeSetUp]
    public void Found() => _authority = new TestAuthority();

    [OneTimeTearDown]
    public void Close() => _authority.Dispose();

    [SetUp]
    public void Start()
    {
        _resolver = new FakeResolver { Answer = [IPAddress.Loopback] };
        _dns = new DnsCache(_time, _resolver.ResolveAsync);
        _reactor = new TestReactor(kind);
        _attempt = new ConnectAttempt(_reactor.Reactor);
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
    }

    [TearDown]
    public void Stop()
    {
        _reactor.Dispose();
        _listener.Dispose();
    }

    [Test]
    public async Task Looks_up_connects_and_stays_on_its_thread()
    {
        var (connection, isHome) = await _reactor.RunAsync(async () =>
        {
            var connection = await _attempt.RunAsync(Plain(Local.Port), _dns);
            return (connection, _reactor.Reactor.IsCurrent);
        });

        using var peer = await TestReactor.WithinAsync(_listener.AcceptSocketAsync());
        Assert.Multiple(() =>
        {
            Assert.That(connection, Is.Not.Null);
            Assert.That(isHome);
            Assert.That(_attempt.Failure.Kind, Is.EqualTo(ConnectFailureKind.None));
        });
        await CloseAsync(connection);
    }

    [Test]
    public async Task A_name_without_an_address_is_a_failure_of_its_own()
    {
        _resolver.Answer = null;
        await FailsAsync(Plain(Local.Port), ConnectFailureKind.NameNotResolved, Name);
    }

    [TestCase("169.254.169.254")]
    [TestCase("::ffff:169.254.169.254")]
    [TestCase("fe80::1")]
    [TestCase("fd00:ec2::254")]
    [TestCase("100.100.100.200")]
    public async Task An_address_that_no_vendor_has_is_never_connected_to(string address)
    {
        _resolver.Answer = [IPAddress.Parse(address)];
        await FailsAsync(Plain(Local.Port), ConnectFailureKind.AddressForbidden, $"{Name} leads to ");
        await FailsAsync(Plain(Local.Port) with { Host = address }, ConnectFailureKind.AddressForbidden, address);
    }

    [Test]
    public async Task An_address_that_no_vendor_has_is_passed_over_for_the_next()
    {
        _resolver.Answer = [IPAddress.Parse("169.254.0.1"), IPAddress.Loopback];
        var connection = await RunAsync(Plain(Local.Port) with { ConnectTimeoutMs = 240 });
        Assert.That(connection?.RemoteEndPoint, Is.EqualTo(Local), _attempt.Failure.Detail);
        await CloseAsync(connection);
    }

    [Test]
    public async Task A_server_of_ones_own_may_be_anywhere()
    {
        // Without its zone the system refuses it before it sends anything.
        _resolver.Answer = [IPAddress.Parse("fe80::1")];
        await FailsAsync(Plain(Local.Port) with { IsLocal = true }, ConnectFailureKind.ConnectFailed, "");
    }

    [Test]
    public async Task A_lookup_that_hangs_runs_into_the_connect_timeout()
    {
        _ = _resolver.Hold();
        await FailsAsync(Plain(Local.Port) with { ConnectTimeoutMs = 20 }, ConnectFailureKind.NameNotResolved, Name);
    }

    [Test]
    public async Task Old_addresses_serve_while_a_lookup_hangs()
    {
        await _dns.LookUpAsync(Name);
        _time.Advance(100_000);
        _ = _resolver.Hold();
        var connection = await RunAsync(Plain(Local.Port));
        Assert.That(connection, Is.Not.Null, _attempt.Failure.Detail);
        await CloseAsync(connection);
    }

    [Test]
    public async Task A_refusal_is_told_in_the_systems_words()
    {
        var closed = ConnectionTests.ClosedPort();
        await FailsAsync(Plain(closed.Port), ConnectFailureKind.ConnectFailed, "refused");
    }

    [Test]
    public async Task After_a_refusal_the_next_address_is_tried_at_once()
    {
        _resolver.Answer = [Refusing, IPAddress.Parse("127.0.0.78"), IPAddress.Loopback];
        var connection = await RunAsync(Plain(Local.Port) with { ConnectTimeoutMs = 240 });
        Assert.That(connection?.RemoteEndPoint, Is.EqualTo(Local), _attempt.Failure.Detail);
        await CloseAsync(connection);
    }

    [Test]
    public async Task An_address_that_does_not_answer_costs_only_its_head_start()
    {
        using var deaf = new DeafPort(IPAddress.Parse("127.0.0.79"), Local.Port);
        _resolver.Answer = [deaf.EndPoint.Address, IPAddress.Loopback];
        var connection = await RunAsync(Plain(Local.Port));
        Assert.That(connection?.RemoteEndPoint, Is.EqualTo(Local), _attempt.Failure.Detail);
        await CloseAsync(connection);
    }

    [Test]
    public async Task Nobody_answers_in_time()
    {
        using var deaf = new DeafPort(IPAddress.Loopback);
        await FailsAsync(Plain(deaf.EndPoint.Port) with { ConnectTimeoutMs = 20 }, ConnectFailureKind.ConnectTimeout, Name);
    }

    [Test]
    public async Task Shakes_hands_and_passes_bytes()
    {
        using var peer = new TlsPeer(_authority.Sign(Name));
        var accepting = peer.AcceptAsync();
        var connection = await RunAsync(Secure(peer.EndPoint.Port));
        Assert.That(connection, Is.Not.Null, _attempt.Failure.Detail);
        using var session = await accepting;
        await CloseAsync(connection);
    }

    [Test]
    public async Task The_server_name_may_differ_from_the_host()
    {
        using var peer = new TlsPeer(_authority.Sign("inner.test"));
        var accepting = peer.AcceptAsync();
        var connection = await RunAsync(Secure(peer.EndPoint.Port) with { ServerName = "inner.test" });
        Assert.That(connection, Is.Not.Null, _attempt.Failure.Detail);
        using var session = await accepting;
        Assert.That(session.Tls.TargetHostName, Is.EqualTo("inner.test"));
        await CloseAsync(connection);
    }

    [Test]
    public async Task An_address_needs_a_certificate_that_bears_it()
    {
        using var peer = new TlsPeer(_authority.Sign(Name));
        var accepting = peer.AcceptAsync();
        var connection = await RunAsync(Secure(peer.EndPoint.Port) with { Host = "127.0.0.1" });
        Assert.That(connection, Is.Not.Null, _attempt.Failure.Detail);
        using var session = await accepting;
        await CloseAsync(connection);
    }

    [Test]
    public async Task A_certificate_that_does_not_convince_is_told_with_its_reason()
    {
        using var peer = new TlsPeer(_authority.Sign("elsewhere.test"));
        var serving = ServeInVainAsync(peer);
        await FailsAsync(Secure(peer.EndPoint.Port), ConnectFailureKind.TlsFailed, kind == "epoll" ? "hostname mismatch" : "NameMismatch");
        await serving;
    }

    [Test]
    public async Task A_missing_authority_file_is_told_by_its_name()
    {
        await FailsAsync(Secure(Local.Port) with { CaFile = "/nowhere/ca.pem" }, ConnectFailureKind.TlsFailed, "/nowhere/ca.pem");
    }

    [Test]
    public async Task A_handshake_that_hangs_runs_into_its_own_timeout()
    {
        await FailsAsync(Secure(Local.Port) with { TlsTimeoutMs = 20 }, ConnectFailureKind.TlsTimeout, Name);
    }

    [Test]
    public async Task Can_be_canceled_in_the_lookup()
    {
        _ = _resolver.Hold();
        await CanceledAsync(Plain(Local.Port), Task.CompletedTask);
    }

    [Test]
    public async Task Can_be_canceled_in_the_connect()
    {
        using var deaf = new DeafPort(IPAddress.Loopback);
        await CanceledAsync(Plain(deaf.EndPoint.Port), Task.CompletedTask);
    }

    [Test]
    public async Task Can_be_canceled_in_the_handshake()
    {
        var hello = HelloAsync();
        await CanceledAsync(Secure(Local.Port), hello);
        using var peer = await hello;
    }

    [Test]
    public async Task Can_be_used_again_after_a_failure()
    {
        await FailsAsync(Plain(ConnectionTests.ClosedPort().Port), ConnectFailureKind.ConnectFailed, "");
        var connection = await RunAsync(Plain(Local.Port));
        Assert.That(connection, Is.Not.Null, _attempt.Failure.Detail);
        await CloseAsync(connection);
    }

    private static UpstreamEndpoint Plain(int port) =>
        new() { IsHttps = false, Host = Name, Port = port, ConnectTimeoutMs = 20_000, TlsTimeoutMs = 20_000 };

    private UpstreamEndpoint Secure(int port) => Plain(port) with { IsHttps = true, CaFile = _authority.CaFile };

    private Task<Connection?> RunAsync(UpstreamEndpoint endpoint) =>
        _reactor.RunAsync(() => _attempt.RunAsync(endpoint, _dns));

    private async Task FailsAsync(UpstreamEndpoint endpoint, ConnectFailureKind expected, string detail)
    {
        var connection = await RunAsync(endpoint);
        Assert.Multiple(() =>
        {
            Assert.That(connection, Is.Null);
            Assert.That(_attempt.Failure.Kind, Is.EqualTo(expected));
            Assert.That(_attempt.Failure.Detail, Does.Contain(detail));
        });
    }

    private async Task CanceledAsync(UpstreamEndpoint endpoint, Task underWay)
    {
        var running = RunAsync(endpoint);
        await TestReactor.WithinAsync(underWay);
        await _reactor.RunAsync(_attempt.Cancel);
        Assert.That(await running, Is.Null);
        Assert.That(_attempt.Failure.Kind, Is.EqualTo(ConnectFailureKind.Canceled));
    }

    private async Task<Socket> HelloAsync()
    {
        var socket = await TestReactor.WithinAsync(_listener.AcceptSocketAsync());
        await socket.ReceiveAsync(new byte[5]).Soon();
        return socket;
    }

    private static async Task ServeInVainAsync(TlsPeer peer)
    {
        try
        {
            using var session = await peer.AcceptAsync();
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // The client has left in the middle.
        }
    }

    private Task CloseAsync(Connection? connection) => _reactor.RunAsync(() => connection!.Close());
}
