using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>The reader that judges the gateway's bytes forgives nothing.</summary>
[TestFixture]
internal sealed class WireReaderTests
{
    private Socket _peer = null!;
    private Socket _socket = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await _peer.ConnectAsync(listener.LocalEndpoint).Soon();
        _socket = await listener.AcceptSocketAsync().Soon();
    }

    [TearDown]
    public void Disconnect()
    {
        _peer.Dispose();
        _socket.Dispose();
    }

    [TestCase("\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n", "\r\n3\r\ndef", "def")]
    [TestCase("\r\n\r\n1\r\nw\r\n10\r\nxyz3456789012345\r\n", "\r\n\r\n1\r\nw\r\n10\r\nxyz", "wxyz")]
    [TestCase("abc\r\n0\r\n\r\n", "abc\r\n0\r\n\r\n", "\r\n0\r\n\r\n")]
    public async Task Finds_a_text_wherever_chunks_cut_it(string sent, string end, string text)
    {
        _peer.Send(Encoding.ASCII.GetBytes(sent));
        _peer.Shutdown(SocketShutdown.Send);

        var (seen, isWhole) = await new WireReader(_socket).ReadThroughTextAsync(text);

        Assert.That(isWhole);
        Assert.That(seen, Is.EqualTo(sent[..(sent.IndexOf(end, StringComparison.Ordinal) + end.Length)]));
    }

    [TestCase("content-length: 4\r\n\r\nabcd")]
    [TestCase("transfer-encoding: chunked\r\n\r\n1\r\na\r\n3\r\nbcd\r\n0\r\n\r\n")]
    public async Task Reads_a_body_to_its_end_and_no_further(string rest)
    {
        _peer.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{rest}next"));
        var reader = new WireReader(_socket);
        var head = new MessageHead((await reader.ReadHeadAsync())!);

        var (body, isWhole) = await reader.ReadBodyAsync(head, untilClose: true);

        Assert.That((Encoding.ASCII.GetString(body), isWhole), Is.EqualTo(("abcd", true)));
        Assert.That(Encoding.ASCII.GetString(reader.TakeRaw()), Is.EqualTo($"HTTP/1.1 200 OK\r\n{rest}"));
        Assert.That((await reader.ReadThroughAsync("next")).IsWhole);
    }

    [TestCase("content-length: 4\r\n\r\nabc")]
    [TestCase("transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n")]
    [TestCase("transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n")]
    public async Task Tells_a_body_that_was_cut(string rest)
    {
        _peer.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{rest}"));
        _peer.Shutdown(SocketShutdown.Send);
        var reader = new WireReader(_socket);
        var head = new MessageHead((await reader.ReadHeadAsync())!);

        var (body, isWhole) = await reader.ReadBodyAsync(head, untilClose: true);

        Assert.That((Encoding.ASCII.GetString(body), isWhole, reader.WasReset), Is.EqualTo(("abc", false, false)));
    }

    [Test]
    public async Task Tells_a_reset_from_an_end()
    {
        _peer.LingerState = new LingerOption(true, 0);
        _peer.Close();
        var reader = new WireReader(_socket);

        Assert.That(await reader.ReadByteAsync(), Is.EqualTo(-1));
        Assert.That(reader.WasReset);
    }

    [TestCase("no colon")]
    [TestCase(": no name")]
    [TestCase("name : value")]
    [TestCase("name: value\r\n folded: yes")]
    [TestCase("name: value\nother: value")]
    public void Refuses_a_head_with(string field) =>
        Assert.That(() => new MessageHead($"HTTP/1.1 200 OK\r\n{field}\r\n\r\n"), Throws.InstanceOf<FormatException>());

    [TestCase("content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n")]
    [TestCase("transfer-encoding: gzip, chunked\r\n\r\n")]
    [TestCase("content-length: +4\r\n\r\nabcd")]
    [TestCase("content-length: 4, 4\r\n\r\nabcd")]
    [TestCase("transfer-encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n")]
    [TestCase("transfer-encoding: chunked\r\n\r\n1 \r\na\r\n0\r\n\r\n")]
    [TestCase("transfer-encoding: chunked\r\n\r\n1;x\r\na\r\n0\r\n\r\n")]
    public async Task Refuses_a_body_framed_by(string rest)
    {
        _peer.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{rest}"));
        var reader = new WireReader(_socket);
        var head = new MessageHead((await reader.ReadHeadAsync())!);

        Assert.That(async () => await reader.ReadBodyAsync(head, untilClose: true), Throws.InstanceOf<FormatException>());
    }
}
