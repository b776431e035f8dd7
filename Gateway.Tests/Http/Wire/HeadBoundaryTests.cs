using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class HeadBoundaryTests
{
    private const string Head = "GET /a HTTP/1.1\r\nHost: b\r\nX: \t\xE9\r\n\r\n";

    [Test]
    public void Finds_the_end_however_the_head_is_cut_and_leaves_what_follows()
    {
        var bytes = Heads.Bytes(Head + "\r\nbody");
        for (var at = 0; at < Head.Length; at++)
        {
            var boundary = HeadBoundary.ForRequest();
            Assert.That(boundary.Examine(bytes.AsSpan(0, at), Heads.Limits, out _, out _), Is.EqualTo(ParseStatus.NeedMoreBytes));
            Assert.That(boundary.Examine(bytes.AsSpan(at), Heads.Limits, out var end, out _), Is.EqualTo(ParseStatus.Done));
            Assert.That(at + end, Is.EqualTo(Head.Length));
        }
    }

    [Test]
    public void Counts_the_empty_line_before_a_request_into_its_head()
    {
        var boundary = HeadBoundary.ForRequest();
        Assert.That(boundary.Examine(Heads.Bytes("\r\n" + Head), Heads.Limits, out var end, out _), Is.EqualTo(ParseStatus.Done));
        Assert.That(end, Is.EqualTo(Head.Length + 2));
    }

    [Test]
    public void Wants_no_empty_line_before_a_response() =>
        Assert.That(
            Heads.ResponseVerdict(Heads.Limits, Heads.Bytes("\r\nHTTP/1.1 200 OK\r\n\r\n")),
            Is.EqualTo(RejectReason.StatusLineMalformed));

    [Test]
    public void Finds_the_end_of_a_response_whose_status_line_is_odd()
    {
        var boundary = HeadBoundary.ForResponse();
        Assert.That(boundary.Examine("HTTP/1.1\r\n\r\n"u8, Heads.Limits, out var end, out _), Is.EqualTo(ParseStatus.Done));
        Assert.That(end, Is.EqualTo(12));
    }

    [Test]
    public void Takes_a_target_and_a_head_up_to_their_limits()
    {
        var target = "/" + new string('a', Heads.Limits.MaxTargetBytes - 1);
        Assert.That(Heads.RequestVerdict(Heads.Limits, Heads.Bytes($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n")), Is.EqualTo(RejectReason.None));

        var limits = new HttpLimits { MaxHeadBytes = Head.Length };
        Assert.That(Heads.RequestVerdict(limits, Heads.Bytes(Head)), Is.EqualTo(RejectReason.None));
    }

    [TestCase("GET / HTTP/1.1\r\nHost: a\r\nX: ", RejectReason.HeadTooLong)]
    [TestCase("GET / HTTP/1.1\r\n", RejectReason.HeadTooLong)]
    [TestCase("GET /", RejectReason.TargetTooLong)]
    [TestCase("G", RejectReason.MethodTooLong)]
    public void Never_waits_beyond_the_limits(string start, RejectReason reason)
    {
        var boundary = HeadBoundary.ForRequest();
        _ = boundary.Examine(Heads.Bytes(start), Heads.Limits, out _, out _);
        var status = ParseStatus.NeedMoreBytes;
        var refusal = RejectReason.None;
        for (var sent = 0; status == ParseStatus.NeedMoreBytes; sent++)
        {
            Assert.That(sent, Is.LessThanOrEqualTo(Heads.Limits.MaxHeadBytes));
            status = boundary.Examine("a"u8, Heads.Limits, out _, out refusal);
        }

        Assert.That((status, refusal), Is.EqualTo((ParseStatus.Rejected, reason)));
    }

    [Test]
    public void Never_waits_for_the_last_of_too_many_fields()
    {
        var boundary = HeadBoundary.ForRequest();
        var lines = Heads.Bytes("GET / HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 102)));
        Assert.That(boundary.Examine(lines, Heads.Limits, out _, out var reason), Is.EqualTo(ParseStatus.Rejected));
        Assert.That(reason, Is.EqualTo(RejectReason.TooManyFields));
    }
}
