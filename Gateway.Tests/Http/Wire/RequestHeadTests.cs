using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class RequestHeadTests
{
    private const string Typical =
        "POST /anthropic/v1/messages?beta=true HTTP/1.1\r\n" +
        "Accept: application/json\r\nContent-Type: application/json\r\nUser-Agent: claude-cli/2.1.330 (external, sdk-cli)\r\n" +
        "X-Claude-Code-Session-Id: 00000000-0000-4000-8000-000000000001\r\nX-Stainless-Timeout: 600\r\n" +
        "anthropic-beta: claude-code-20250219,interleaved-thinking-2025-05-14\r\nanthropic-version: 2023-06-01\r\n" +
        "x-api-key: dummy-key\r\nConnection: keep-alive\r\nHost: 127.0.0.1:8080\r\n" +
        "Accept-Encoding: gzip, deflate, br, zstd\r\nContent-Length: 49222\r\n\r\n";

    [Test]
    public void Splits_the_request_line()
    {
        var head = Heads.Request(Typical);
        Assert.Multiple(() =>
        {
            Assert.That(head.Method, Is.EqualTo(RequestMethod.Post));
            Assert.That(Heads.Text(head.MethodText), Is.EqualTo("POST"));
            Assert.That(Heads.Text(head.Target), Is.EqualTo("/anthropic/v1/messages?beta=true"));
            Assert.That(Heads.Text(head.Path), Is.EqualTo("/anthropic/v1/messages"));
            Assert.That(Heads.Text(head.Query), Is.EqualTo("?beta=true"));
            Assert.That(Heads.Text(head.Host), Is.EqualTo("127.0.0.1:8080"));
            Assert.That(head.MinorVersion, Is.EqualTo(1));
            Assert.That(head.Framing, Is.EqualTo(new BodyFraming(FramingKind.Length, 49222)));
            Assert.That(head.Headers.Count, Is.EqualTo(12));
        });
    }

    [TestCase("/", "/", "")]
    [TestCase("/?", "/", "?")]
    [TestCase("/a?b?c=/d", "/a", "?b?c=/d")]
    [TestCase("//a/../b/./%2e%2E/", "//a/../b/./%2e%2E/", "")]
    [TestCase("/a%20b;c=d,e@f:g!$&'()*+", "/a%20b;c=d,e@f:g!$&'()*+", "")]
    [TestCase("/[x]|^`{y}~", "/[x]|^`{y}~", "")]
    [TestCase("/a?b=%0A%zz%", "/a", "?b=%0A%zz%")]
    [TestCase("http://a/b?c", "/b", "?c")]
    [TestCase("HTTPS://A/b", "/b", "")]
    [TestCase("http://a", "", "")]
    [TestCase("http://a?b", "", "?b")]
    public void Keeps_path_and_query_byte_for_byte(string target, string path, string query)
    {
        var head = Heads.Request($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.That((Heads.Text(head.Path), Heads.Text(head.Query)), Is.EqualTo((path, query)));
    }

    [Test]
    public void Takes_the_asterisk_for_the_server_itself() =>
        Assert.That(Heads.Text(Heads.Request("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").Path), Is.EqualTo("*"));

    [Test]
    public void Ignores_one_empty_line_before_the_request_line() =>
        Assert.That(Heads.Text(Heads.Request("\r\nGET /a HTTP/1.1\r\nHost: b\r\n\r\n").Path), Is.EqualTo("/a"));

    [TestCase("HTTP/1.1", "", true)]
    [TestCase("HTTP/1.1", "Connection: close\r\n", false)]
    [TestCase("HTTP/1.1", "Connection: keep-alive, Close\r\n", false)]
    [TestCase("HTTP/1.1", "Connection: x\r\nConnection: close\r\n", false)]
    [TestCase("HTTP/1.0", "", false)]
    [TestCase("HTTP/1.0", "Connection: Keep-Alive\r\n", true)]
    [TestCase("HTTP/1.0", "Connection: keep-alive, close\r\n", false)]
    [TestCase("HTTP/1.9", "", true)]
    public void Keeps_the_connection_as_version_and_options_say(string version, string fields, bool persists) =>
        Assert.That(Heads.Request($"GET / {version}\r\nHost: a\r\n{fields}\r\n").KeepAlive, Is.EqualTo(persists));

    [TestCase("HTTP/1.1", "Content-Length: 1\r\n", true)]
    [TestCase("HTTP/1.1", "Transfer-Encoding: chunked\r\n", true)]
    [TestCase("HTTP/1.1", "", false)]
    [TestCase("HTTP/1.0", "Content-Length: 1\r\n", false)]
    public void Expects_100_where_a_body_comes_and_the_client_knows_it(string version, string fields, bool expects) =>
        Assert.That(
            Heads.Request($"POST / {version}\r\nHost: a\r\nExpect: 100-Continue\r\n{fields}\r\n").ExpectsContinue,
            Is.EqualTo(expects));

    [Test]
    public void Lets_an_HTTP_1_0_request_go_without_Host() =>
        Assert.That(Heads.Request("GET / HTTP/1.0\r\n\r\n").Host.IsEmpty);

    [Test]
    public void Is_as_new_after_each_parse()
    {
        var head = Heads.Request(Typical);
        Assert.That(head.Parse(Heads.Bytes("GET /b HTTP/1.0\r\n\r\n"), Heads.Limits), Is.EqualTo(RejectReason.None));
        Assert.Multiple(() =>
        {
            Assert.That(Heads.Text(head.Target), Is.EqualTo("/b"));
            Assert.That(head.Query.IsEmpty);
            Assert.That(head.Host.IsEmpty);
            Assert.That(head.Headers.Count, Is.Zero);
            Assert.That(head.Framing.Kind, Is.EqualTo(FramingKind.None));
            Assert.That(head.KeepAlive, Is.False);
        });
    }

    [Test]
    public void Waits_at_every_cut_before_the_end()
    {
        var bytes = Heads.Bytes(Typical);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.That(Heads.RequestVerdict(Heads.Limits, bytes[..length]), Is.Null, $"cut at {length}");
        }
    }

    [Test]
    public void Is_accepted_however_it_is_cut()
    {
        foreach (var pieces in Heads.Cuts(Heads.Bytes(Typical)))
        {
            Assert.That(Heads.RequestVerdict(Heads.Limits, pieces), Is.EqualTo(RejectReason.None));
        }
    }

    [Test]
    public void Parses_without_allocating()
    {
        var head = new RequestHead(new FieldMemory());
        var bytes = Heads.Bytes(Typical);
        for (var warm = 0; warm < 100; warm++)
        {
            _ = head.Parse(bytes, Heads.Limits);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            _ = head.Parse(bytes, Heads.Limits);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
