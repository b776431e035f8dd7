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
        using var reactors = new ReactorSet(kind, 2, TimeProvider.System);
        using var release = new ManualResetEventSlim();
        var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reactors.Reactors[1].Post(
            _ =>
            {
                hangs.SetResult();
                release.Wait(TimeSpan.FromSeconds(20));
            },
            null);
        await hangs.Task.Soon();
        var pulse = new ReactorPulse(reactors.Reactors);

        Assert.That(pulse.Look(), "nothing was asked before");
        await TurnAsync(reactors.Reactors[0]);
        Assert.That(pulse.Look(), Is.False, "one has not answered");
        Assert.That(pulse.Look(), Is.False);

        release.Set();
        await TurnAsync(reactors.Reactors[1]);
        Assert.That(pulse.Look());
    }

    private static Task TurnAsync(Reactor reactor)
    {
        var turned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reactor.Post(_ => turned.SetResult(), null);
        return turned.Task.Soon();
    }
}
