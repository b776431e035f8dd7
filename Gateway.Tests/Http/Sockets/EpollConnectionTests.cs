using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Sockets;

[Platform("Linux")]
internal sealed class EpollConnectionTests
{
    [Test]
    public async Task One_of_which_epoll_will_never_tell_is_lost_at_once()
    {
        // A regular file can't be waited for: epoll refuses it, as it does a socket when the system has no room for it.
        using var reactor = new TestReactor("epoll");
        using var file = File.OpenHandle(Path.GetTempFileName(), options: FileOptions.DeleteOnClose);
        var gate = new ConnectionGate(1);
        Assert.That(gate.TryEnter(), Is.True);
        await reactor.RunAsync(() =>
        {
            var connection = EpollConnection.Accept((EpollReactor)reactor.Reactor, LinuxNative.DuplicateForExec((int)file.DangerousGetHandle()), gate);
            Assert.That(connection.IsReadable, Is.True, "nobody would ever wake a reader");
            Assert.That(connection.TryReceive(new byte[1]), Is.EqualTo(Connection.Lost));
            connection.Close();
        });
        Assert.That(gate.TryEnter(), Is.True, "its place is free");
    }
}
