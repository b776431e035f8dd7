using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

/// <summary>What is refused, byte for byte; each request is refused with the same status however it is cut.</summary>
[TestFixture]
internal sealed class RequestRefusalTests
{
    private static IEnumerable<TestCaseData> Refusals =>
        from table in new[] { RefusalTable.Lines, RefusalTable.RequestLines, RefusalTable.Fields, RefusalTable.Framing }
        from row in table
        from text in row.Texts
        select new TestCaseData(row.Reason, text).SetArgDisplayNames($"{row.Reason}", Escaped(text));

    [TestCaseSource(nameof(Refusals))]
    public void Names_the_reason(RejectReason reason, string text) =>
        Assert.That(Heads.RequestVerdict(Heads.Limits, Heads.Bytes(text)), Is.EqualTo(reason));

    [TestCaseSource(nameof(Refusals))]
    public void Is_refused_however_the_bytes_are_cut(RejectReason reason, string text)
    {
        foreach (var pieces in Heads.Cuts(Heads.Bytes(text)))
        {
            var verdict = Heads.RequestVerdict(Heads.Limits, pieces);
            Assert.That(verdict, Is.Not.Null.And.Not.EqualTo(RejectReason.None));
            Assert.That(RejectReasons.StatusOf(verdict!.Value), Is.EqualTo(RejectReasons.StatusOf(reason)));
        }
    }

    // A server that waits for more here can be made to wait for ever.
    [TestCase("GET /\r\n", RejectReason.RequestLineMalformed)]
    [TestCase("GET\r\n", RejectReason.RequestLineMalformed)]
    [TestCase("GET / HTTP/1.1\n", RejectReason.BareLineFeed)]
    [TestCase("GET / HTTP/1.1\rH", RejectReason.BareCarriageReturn)]
    [TestCase("GET / HTTP/1.1\r\n ", RejectReason.FoldedField)]
    [TestCase("GET / HTTP/1.1\r\nHost: a\r\n\t", RejectReason.FoldedField)]
    [TestCase("GET / HTTP/1.1\r\nHost: a\n", RejectReason.BareLineFeed)]
    [TestCase("GET / HTTP/1.1\r\nHost: a\0", RejectReason.ControlByte)]
    [TestCase("\x16\x03\x01\x02", RejectReason.ControlByte)]
    [TestCase("\r\n\r\n", RejectReason.EmptyLineBeforeRequest)]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", RejectReason.MethodTooLong)]
    public void Is_refused_before_the_head_has_ended(string text, RejectReason reason)
    {
        foreach (var pieces in Heads.Cuts(Heads.Bytes(text)))
        {
            Assert.That(Heads.RequestVerdict(Heads.Limits, pieces), Is.EqualTo(reason));
        }
    }

    [Test]
    public void Mutations_end_in_a_verdict_and_never_in_an_exception()
    {
        var random = new Random(20261123);
        var head = new RequestHead(new FieldMemory());
        var reasons = new HashSet<RejectReason>();
        var seeds = new[]
        {
            "POST /a?b HTTP/1.1\r\nHost: [::1]:80\r\nContent-Length: 12\r\nConnection: x, close\r\nExpect: 100-continue\r\n\r\n",
            "GET http://a%41:1/b%20c?d HTTP/1.0\r\nHost: a%41:1\r\nTransfer-Encoding: chunked\r\nTE:\r\n\r\n",
        };
        for (var round = 0; round < 50_000; round++)
        {
            var bytes = Heads.Bytes(seeds[round & 1]);
            for (var change = random.Next(4); change >= 0; change--)
            {
                var at = random.Next(bytes.Length);
                bytes = random.Next(3) switch
                {
                    0 => [.. bytes[..at], .. bytes[(at + 1)..]],
                    1 => [.. bytes[..at], "\0\t\r\n :%/\x7f\xff"u8[random.Next(11)], .. bytes[at..]],
                    _ => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
                };
            }

            // Also without a boundary before it, and cut short: a parser trusts nobody.
            _ = head.Parse(bytes, Heads.Limits);
            _ = head.Parse(new ArraySegment<byte>(bytes, 0, random.Next(bytes.Length)), Heads.Limits);
            reasons.Add(Heads.RequestVerdict(Heads.Limits, bytes) ?? RejectReason.HeadTimeout);
        }

        Assert.That(reasons, Has.Count.GreaterThan(20).And.Contains(RejectReason.None));
    }

    private static string Escaped(string text)
    {
        var visible = string.Concat(text.Select(c => c is >= ' ' and <= '~' ? $"{c}" : $"<{(int)c:x2}>"));
        return visible.Length > 90 ? visible[..90] + "..." : visible;
    }
}
