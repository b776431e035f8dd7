using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Gateway.Host.Service;
using Gateway.Http.Sockets;

namespace Gateway.Tests.Host.Service;

/// <summary>What sd_listen_fds(3) prescribes, but for descriptor 3 itself: in this process that one is the runtime's.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed class InheritedSocketsTests
{
    private readonly Dictionary<string, string> _environment = [];

    [SetUp]
    public void Forget() => _environment.Clear();

    [TestCase(null, "1")]
    [TestCase("8", "1")]
    [TestCase("7", null)]
    [TestCase("7", "0")]
    [TestCase("7", "-1")]
    [TestCase("7", "many")]
    public void Takes_nothing_that_is_none_or_meant_for_another_process(string? owner, string? count)
    {
        Set("LISTEN_PID", owner);
        Set("LISTEN_FDS", count);
        Assert.That(Take(), Is.Empty);
    }

    [Test]
    public void Refuses_a_descriptor_that_does_not_listen_and_leaves_it_alone()
    {
        Set("LISTEN_PID", "7");
        Set("LISTEN_FDS", "1");
        Set("LISTEN_FDNAMES", "web");
        Assert.That(() => Take(), Throws.InstanceOf<InheritedSocketException>().With.Message.Contains("descriptor 3 (web)"));
    }

    [Test]
    public async Task Takes_what_the_gateway_before_this_one_had()
    {
        using var reactors = new ReactorSet(TransportKind.Auto, 2, TimeProvider.System);
        var endPoint = reactors.Listen(new IPEndPoint(IPAddress.Loopback, 0), new ConnectionGate(1), static (_, _) => { });
        var doubles = await reactors.DuplicateListenersAsync();
        Set(InheritedSockets.Variable, string.Join(',', doubles.Select(Release)));

        var sockets = Take();

        Assert.That(sockets.Select(socket => socket.LocalEndPoint), Is.EqualTo([endPoint, endPoint]));
        Assert.That(sockets.Select(socket => socket.Blocking), Has.All.False);
        sockets.ToList().ForEach(socket => socket.Dispose());
    }

    [Test]
    public void A_connection_is_no_listener()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Set(InheritedSockets.Variable, $"{listener.Handle}");
        Assert.That(() => Take(), Throws.InstanceOf<InheritedSocketException>(), "it is bound, and does not listen");
        Assert.That(() => listener.Listen(1), Throws.Nothing, "it stays open");
    }

    [TestCase("x")]
    [TestCase("-1")]
    [TestCase("999999")]
    public void Refuses_what_is_no_descriptor(string text)
    {
        Set(InheritedSockets.Variable, text);
        Assert.That(() => Take(), Throws.InstanceOf<InheritedSocketException>());
    }

    private static int Release(SafeHandle handle)
    {
        var descriptor = (int)handle.DangerousGetHandle();
        handle.SetHandleAsInvalid();
        return descriptor;
    }

    private IReadOnlyList<Socket> Take() => InheritedSockets.Take(_environment.GetValueOrDefault, 7);

    private void Set(string name, string? value)
    {
        if (value is not null)
        {
            _environment[name] = value;
        }
    }
}
