using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Sockets;

[TestFixture("epoll")]
[TestFixture("sockets")]
internal sealed class DeadlineTests(string kind)
{
    [Test]
    public async Task Expires_on_the_thread_of_its_reactor()
    {
        using var reactor = new TestReactor(kind);
        var expired = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await reactor.RunAsync(() =>
        {
            var deadline = new Deadline(reactor.Reactor, _ => expired.SetResult(reactor.Reactor.IsCurrent), reactor);
            deadline.Start(1);
        });
        Assert.That(await TestReactor.WithinAsync(expired.Task));
    }
}
