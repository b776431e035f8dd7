using Gateway.Host.Lifetime;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Lifetime;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class LivenessTests(TransportKind kind)
{
    [Test]
    public async Task A_reactor_that_leaves_a_ping_unanswered_for_ten_seconds_hangs_until_it_goes_on()
    {
        using var reactors = await StalledReactors.StartAsync(kind);
        var time = new ManualTime();
        var liveness = new Liveness(reactors.All, time);

        Assert.That(liveness.Look(), "nothing was asked before");
        time.Advance(9_000);
        Assert.That(liveness.Look(), "it may be busy");
        time.Advance(1_000);
        Assert.That(liveness.Look(), Is.False);

        reactors.Release();
        await reactors.TurnAsync(1);
        await reactors.TurnAsync(0);
        Assert.That(liveness.Look());
    }
}
