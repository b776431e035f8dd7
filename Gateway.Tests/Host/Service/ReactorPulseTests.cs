using Gateway.Host.Service;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Service;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ReactorPulseTests(TransportKind kind)
{
    [Test]
    public async Task Is_lost_while_one_reactor_hangs_and_comes_back_with_it()
    {
        using var reactors = await StalledReactors.StartAsync(kind);
        var pulse = new ReactorPulse(reactors.All);

        Assert.That(pulse.Look(), "nothing was asked before");
        await reactors.TurnAsync(0);
        Assert.That(pulse.Look(), Is.False, "one has not answered");
        Assert.That(pulse.Look(), Is.False);

        reactors.Release();
        await reactors.TurnAsync(1);
        Assert.That(pulse.Look());
    }
}
