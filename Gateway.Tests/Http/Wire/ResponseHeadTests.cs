using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class ResponseHeadTests
{
    private const string Typical =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nrequest-id: req_1\r\n\r\n";

    [Test]
    public void Reads_status_phrase_fields_and_framing()
    {
        var head = Heads.Response(Typical);
        Assert.Multiple(() =>
        {
            Assert.That(head.Status, Is.EqualTo(200));
            Assert.That(Heads.Text(head.Reason), Is.EqualTo("OK"));
            Assert.That(head.Headers.Count, Is.EqualTo(3));
            Assert.That(head.Framing.Kind, Is.EqualTo(FramingKind.Chunked));
            Assert.That(head.KeepAlive);
        });
    }

    [TestCase("HTTP/1.1 299 \r\n\r\n", "")]
    [TestCase("HTTP/1.1 200 \xC3\xA9\tx\r\n\r\n", "\xC3\xA9\tx")]
    [TestCase("HTTP/1.1 200\r\n\r\n", "")]
    public void Takes_any_phrase_and_forgives_the_space_before_none(string text, string phrase) =>
        Assert.That(Heads.Text(Heads.Response(text).Reason), Is.EqualTo(phrase));

    [TestCase("HTTP/1.1", "", false)]
    [TestCase("HTTP/1.1", "Content-Length: 0\r\n", true)]
    [TestCase("HTTP/1.1", "Content-Length: 0\r\nConnection: close\r\n", false)]
    [TestCase("HTTP/1.0", "Content-Length: 0\r\n", false)]
    [TestCase("HTTP/1.0", "Content-Length: 0\r\nConnection: keep-alive\r\n", true)]
    [TestCase("HTTP/1.0", "Connection: keep-alive\r\n", false)]
    public void Knows_whether_the_connection_can_carry_another_exchange(string version, string fields, bool keeps) =>
        Assert.That(Heads.Response($"{version} 200 OK\r\n{fields}\r\n").KeepAlive, Is.EqualTo(keeps));

    [TestCase(RejectReason.StatusLineMalformed, "HTTP/1.1\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", "http/1.1 200 OK\r\n\r\n", "HTTP/1.1200 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n", "HTTP/1.1\t200 OK\r\n\r\n", "\r\nHTTP/1.1 200 OK\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [TestCase(RejectReason.FieldNameMalformed, "HTTP/1.1 200 OK\r\nX : a\r\n\r\n", "HTTP/1.1 200 OK\r\nX\r\n\r\n")]
    [TestCase(RejectReason.FoldedField, "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n")]
    [TestCase(RejectReason.ControlByte, "HTTP/1.1 200 O\0K\r\n\r\n", "HTTP/1.1 200 OK\r\nX: \0\r\n\r\n")]
    [TestCase(RejectReason.BareLineFeed, "HTTP/1.1 200 OK\nContent-Length: 0\n\n")]
    [TestCase(RejectReason.BareCarriageReturn, "HTTP/1.1 200 OK\rX: a\r\n\r\n")]
    [TestCase(RejectReason.ContentLengthWithTransferEncoding, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [TestCase(RejectReason.ContentLengthRepeated, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n")]
    [TestCase(RejectReason.ContentLengthMalformed, "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n", "HTTP/1.1 204 No\r\nContent-Length: x\r\n\r\n")]
    [TestCase(RejectReason.TransferEncodingNotChunked, "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")]
    [TestCase(RejectReason.TransferEncodingInHttp10, "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [TestCase(RejectReason.ConnectionMalformed, "HTTP/1.1 200 OK\r\nConnection: a b\r\n\r\n")]
    public void Refuses_however_the_bytes_are_cut(RejectReason reason, params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.That(Heads.ResponseVerdict(Heads.Limits, Heads.Bytes(text)), Is.EqualTo(reason), text);
            foreach (var pieces in Heads.Cuts(Heads.Bytes(text)))
            {
                Assert.That(Heads.ResponseVerdict(Heads.Limits, pieces), Is.Not.Null.And.Not.EqualTo(RejectReason.None), text);
            }
        }
    }

    [Test]
    public void Waits_at_every_cut_before_the_end()
    {
        for (var length = 0; length < Typical.Length; length++)
        {
            Assert.That(Heads.ResponseVerdict(Heads.Limits, Heads.Bytes(Typical[..length])), Is.Null);
        }
    }

    [Test]
    public void Parses_without_allocating()
    {
        var head = new ResponseHead(new FieldMemory());
        var bytes = Heads.Bytes(Typical);
        var before = 0L;
        for (var round = 0; round < 2000; round++)
        {
            before = round == 1000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            _ = head.Parse(bytes, false, Heads.Limits);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
