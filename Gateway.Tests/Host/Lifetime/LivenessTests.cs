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
        var time = new ManualTime();
        var liveness = new Liveness(reactors.Reactors, time);

        Assert.That(liveness.Look(), "nothing was asked before");
        time.Advance(9_000);
        Assert.That(liveness.Look(), "it may be busy");
        time.Advance(1_000);
        Assert.That(liveness.Look(), Is.False);

        release.Set();
        await TurnAsync(reactors.Reactors[1]);
        await TurnAsync(reactors.Reactors[0]);
        Assert.That(liveness.Look());
    }

    private static Task TurnAsync(Reactor reactor)
    {
        var turned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reactor.Post(_ => turned.SetResult(), null);
        return turned.Task.Soon();
    }
}
