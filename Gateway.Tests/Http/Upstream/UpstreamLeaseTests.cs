using System.Net;
using System.Net.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Upstream;

/// <summary>What an exchange holds of a provider, and what of that is ended when it is told to go elsewhere.</summary>
[TestFixture("epoll")]
[TestFixture("sockets")]
internal sealed class UpstreamLeaseTests(string kind)
{
    private TestReactor _reactor = null!;
    private TcpListener _crowded = null!;
    private TcpListener _free = null!;
    private UpstreamPools _pools = null!;

    [SetUp]
    public void Start()
    {
        _reactor = new TestReactor(kind);
        _crowded = Listening();
        _free = Listening();
        _pools = new UpstreamPools(_reactor.Reactor, new HttpLimits(), new UpstreamGates(), new DnsCache(TimeProvider.System, static _ => Task.FromResult<IPAddress[]>([])));
    }

    [TearDown]
    public void Stop()
    {
        _reactor.Dispose();
        _crowded.Dispose();
        _free.Dispose();
    }

    [Test]
    public async Task Who_is_sent_away_from_a_queue_can_go_elsewhere_at_once([Values] bool isWarm)
    {
        var (isInside, isElsewhere, isSound) = await _reactor.RunAsync(async () =>
        {
            if (isWarm)
            {
                var earlier = new UpstreamLease(_pools);
                await earlier.RentAsync(Plain(_free), fresh: false);
                earlier.Return();
            }

            var first = new UpstreamLease(_pools);
            await first.RentAsync(Crowded(), fresh: false);
            var lease = new UpstreamLease(_pools);
            var going = GoElsewhereAsync(lease);
            lease.Cancel();
            var (inside, elsewhere) = await going;
            var sound = lease.Connection is { Connection.IsClosed: false } && !lease.IsCanceled;
            lease.Connection?.Cancel();
            lease.Return();
            first.Connection?.Cancel();
            first.Return();
            return (inside, elsewhere, sound);
        });

        Assert.That((isInside, isElsewhere, isSound), Is.EqualTo((false, true, true)), "what it began elsewhere is not what was to be ended");
    }

    [Test]
    public async Task Who_is_sent_away_just_when_a_place_is_free_does_not_take_it()
    {
        var (isInside, isAgain) = await _reactor.RunAsync(async () =>
        {
            var first = new UpstreamLease(_pools);
            await first.RentAsync(Crowded(), fresh: false);
            var lease = new UpstreamLease(_pools);
            var waiting = lease.RentAsync(Crowded(), fresh: false);
            first.Connection?.Cancel();
            first.Return();
            lease.Cancel();
            var inside = await waiting;
            lease.Return();
            lease.Begin();
            var again = await lease.RentAsync(Crowded(), fresh: false);
            lease.Connection?.Cancel();
            lease.Return();
            return (inside, again);
        });

        Assert.That((isInside, isAgain), Is.EqualTo((false, true)), "its place is free again");
    }

    private async Task<(bool IsInside, bool IsElsewhere)> GoElsewhereAsync(UpstreamLease lease)
    {
        var isInside = await lease.RentAsync(Crowded(), fresh: false);
        lease.Begin();
        return (isInside, await lease.RentAsync(Plain(_free), fresh: false));
    }

    private UpstreamEndpoint Crowded() => Plain(_crowded) with { MaxConcurrent = 1, Owner = "crowded" };

    private static UpstreamEndpoint Plain(TcpListener listener) => new() { IsHttps = false, Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, IsLocal = true };

    private static TcpListener Listening()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
