using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

/// <summary>What is accepted; RequestRefusalTests and ResponseHeadTests have what is not.</summary>
[TestFixture]
internal sealed class BodyFramingTests
{
    [TestCase("", FramingKind.None, 0)]
    [TestCase("Content-Length: 0\r\n", FramingKind.Length, 0)]
    [TestCase("Content-Length:5\r\n", FramingKind.Length, 5)]
    [TestCase("CONTENT-LENGTH: 999999999999999999\r\n", FramingKind.Length, 999999999999999999)]
    [TestCase("Transfer-Encoding: chunked\r\n", FramingKind.Chunked, -1)]
    [TestCase("transfer-encoding:CHUNKED\r\n", FramingKind.Chunked, -1)]
    public void Of_a_request_is_what_its_one_field_declares(string fields, FramingKind kind, long length) =>
        Assert.That(
            Heads.Request($"POST / HTTP/1.1\r\nHost: a\r\n{fields}\r\n").Framing,
            Is.EqualTo(new BodyFraming(kind, length)));

    [TestCase("HTTP/1.1 200 OK\r\n\r\n", FramingKind.UntilClose)]
    [TestCase("HTTP/1.0 200 OK\r\n\r\n", FramingKind.UntilClose)]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length:  5 \r\n\r\n", FramingKind.Length)]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n", FramingKind.Chunked)]
    [TestCase("HTTP/1.1 100 Continue\r\n\r\n", FramingKind.None)]
    [TestCase("HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\n", FramingKind.None)]
    [TestCase("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", FramingKind.None)]
    [TestCase("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", FramingKind.None)]
    [TestCase("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", FramingKind.None)]
    public void Of_a_response_depends_on_its_status_first(string text, FramingKind kind) =>
        Assert.That(Heads.Response(text).Framing.Kind, Is.EqualTo(kind));

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\n\r\n")]
    public void Of_the_response_to_HEAD_is_none(string text) =>
        Assert.That(Heads.Response(text, requestWasHead: true).Framing.Kind, Is.EqualTo(FramingKind.None));
}
