using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class ChunkedReaderTests
{
    private static readonly HttpLimits Limits = new() { MaxChunkLineBytes = 64, MaxTrailerBytes = 64 };

    [TestCase("0\r\n\r\n", "")]
    [TestCase("5\r\nhello\r\n0\r\n\r\n", "hello")]
    [TestCase("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world")]
    [TestCase("A\r\nhelloworld\r\n000\r\n\r\n", "helloworld")]
    [TestCase("00000000000000a\r\nhelloworld\r\n0\r\n\r\n", "helloworld")]
    [TestCase("2\r\n\r\n\r\n0\r\n\r\n", "\r\n")]
    [TestCase("5;a\r\nhello\r\n0;b=c\r\n\r\n", "hello")]
    [TestCase("5 ; a = \"b\\\"\r\" \r\nhello", null)]
    [TestCase("5 ;\ta = \"b;\\\"=\t\xE9\" ; c=d;e\r\nhello\r\n0\r\n\r\n", "hello")]
    [TestCase("5\r\nhello\r\n0\r\nX-Checksum: abc\r\nY:\r\n\r\n", "hello")]
    [TestCase("5\r\nhello\r\n0\r\nContent-Length: 50\r\nHost: evil\r\n\r\n", "hello")]
    public void Takes_the_payload_out_however_it_is_cut(string text, string? payload)
    {
        foreach (var pieces in Heads.Cuts(Heads.Bytes(text)))
        {
            var (step, read, rest, _) = Read(pieces);
            Assert.That(step, Is.EqualTo(payload is null ? ChunkStep.Rejected : ChunkStep.End));
            Assert.That(payload is null || (read == payload && rest == 0));
        }
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("5\r\nhello")]
    [TestCase("5\r\nhello\r\n")]
    [TestCase("5\r\nhello\r\n0\r\n")]
    [TestCase("5\r\nhello\r\n0\r\nX: y\r\n\r")]
    public void Waits_for_the_last_line(string text) =>
        Assert.That(Read([Heads.Bytes(text)]).Step, Is.EqualTo(ChunkStep.NeedMoreBytes));

    [TestCase(RejectReason.ChunkSizeMalformed, "\r\n", " 5\r\n", "-1\r\n", "+5\r\n", "0x5\r\n", "1_0\r\n", "g\r\n", ";a\r\n", "5,\r\n",
        "5\n", "\n", "5\rhello", "\0", "5\0\r\n", "\xB2\r\n", "5.\r\n")]
    [TestCase(RejectReason.ChunkSizeTooLarge, "1000000000000000\r\n", "ffffffffffffffff\r\n", "0000000000000005\r\n")]
    [TestCase(RejectReason.ChunkExtensionMalformed, "5 \r\n", "5\t\r\n", "5;\r\n", "5; \r\n", "5;;a\r\n", "5;a;\r\n", "5;=b\r\n", "5;a=\r\n",
        "5;a==b\r\n", "5;a b\r\n", "5;a=b c\r\n", "5;a \r\n", "5;a=b=c\r\n", "5;bad[=x\r\n", "5;a\n", "5;\n", "5;a\0b\r\n", "5;a=\"b\r\n",
        "5;a=\"b\"c\r\n", "5;a=\"\0\"\r\n", "5;a=\"\\\r\n\"", "5;a=\"\n\"", "5;\"a\"\r\n", "5;a\xE9\r\n", "5 a\r\n")]
    [TestCase(RejectReason.ChunkNotTerminated, "5\r\nhello0\r\n\r\n", "5\r\nhello!!\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhello\r0\r\n\r\n",
        "5\r\nhello\r\r\n", "5\r\nhello \r\n")]
    [TestCase(RejectReason.TrailerMalformed, "0\r\n\n", "0\r\n\r\r", "0\r\nX: a\n\r\n", "0\r\nX\r\n\r\n", "0\r\n: a\r\n\r\n", "0\r\n X: a\r\n\r\n",
        "0\r\nX : a\r\n\r\n", "0\r\nX: a\r\n b\r\n\r\n", "0\r\nX: \0\r\n\r\n", "0\r\nX: a\rb\r\n\r\n", "0\r\nGET / HTTP/1.1\r\n")]
    public void Refuses_what_the_grammar_has_no_place_for(RejectReason reason, params string[] texts)
    {
        foreach (var text in texts)
        {
            foreach (var pieces in Heads.Cuts(Heads.Bytes(text)))
            {
                Assert.That(Read(pieces).Reason, Is.EqualTo(reason), text);
            }
        }
    }

    [TestCase("5\rhello\r\n0\r\n\r\n")]
    [TestCase("5;a\rX\r\nhello\r\n0\r\n\r\n")]
    public void Refuses_a_bare_carriage_return(string text) =>
        Assert.That(Read([Heads.Bytes(text)]).Step, Is.EqualTo(ChunkStep.Rejected));

    [Test]
    public void Bounds_the_line_and_the_trailers()
    {
        var line = Heads.Bytes($"5;{new string('a', 100_000)}");
        var trailers = Heads.Bytes($"0\r\n{string.Concat(Enumerable.Repeat("X: y\r\n", 20))}");
        Assert.That(Read([line]).Reason, Is.EqualTo(RejectReason.ChunkLineTooLong));
        Assert.That(Read([trailers]).Reason, Is.EqualTo(RejectReason.TrailerTooLong));
    }

    [Test]
    public void Leaves_what_comes_after_the_body_to_the_next_message() =>
        Assert.That(Read([Heads.Bytes("1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n")]).Left, Is.EqualTo(16));

    [Test]
    public void Counts_a_chunk_across_reads()
    {
        var reader = default(ChunkedReader);
        Assert.That(reader.Read("7fffffff\r\nabc"u8, Limits, out var consumed, out var start, out var length, out _), Is.EqualTo(ChunkStep.Payload));
        Assert.That((consumed, start, length), Is.EqualTo((13, 10, 3)));
        Assert.That(reader.Read("defg"u8, Limits, out consumed, out start, out length, out _), Is.EqualTo(ChunkStep.Payload));
        Assert.That((consumed, start, length), Is.EqualTo((4, 0, 4)));
    }

    [Test]
    public void Mutations_end_in_a_step_and_never_in_an_exception()
    {
        var random = new Random(7112);
        for (var round = 0; round < 50_000; round++)
        {
            var bytes = Heads.Bytes("5;a=\"b\";c\r\nhello\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n");
            for (var change = random.Next(4); change >= 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var at = random.Next(bytes.Length);
            _ = Read([bytes[..at], bytes[at..]]);
        }
    }

    [Test]
    public void Reads_without_allocating()
    {
        var bytes = Heads.Bytes("5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n");
        var before = 0L;
        for (var round = 0; round < 2000; round++)
        {
            before = round == 1000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            var reader = default(ChunkedReader);
            var rest = bytes.AsSpan();
            while (reader.Read(rest, Limits, out var consumed, out _, out _, out _) == ChunkStep.Payload)
            {
                rest = rest[consumed..];
            }
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static (ChunkStep Step, string Payload, int Left, RejectReason Reason) Read(byte[][] pieces)
    {
        var reader = default(ChunkedReader);
        var payload = "";
        var step = ChunkStep.NeedMoreBytes;
        foreach (var piece in pieces)
        {
            var rest = piece.AsSpan();
            do
            {
                step = reader.Read(rest, Limits, out var consumed, out var start, out var length, out var reason);
                payload += Heads.Text(rest.Slice(start, length));
                rest = rest[consumed..];
                if (step is ChunkStep.End or ChunkStep.Rejected)
                {
                    return (step, payload, rest.Length, reason);
                }
            }
            while (step == ChunkStep.Payload);
        }

        return (step, payload, 0, RejectReason.None);
    }
}
