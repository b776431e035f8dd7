using System.Buffers;
using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class HeadWriterTests
{
    private const string Request = "POST /prefix/a?b HTTP/1.1\r\nhost: c\r\ncontent-length: 999999999999999999\r\nx: \r\n\r\n";

    private const long Length = 999_999_999_999_999_999;

    [Test]
    public void Writes_the_same_head_into_blocks_of_any_size([Values(1, 2, 3, 7, 16, 40, 4096)] int blockBytes)
    {
        var output = new SmallBlocks(blockBytes);
        var head = new HeadWriter(output);
        head.RequestLine("POST"u8, "/prefix"u8, "/a"u8, "?b"u8);
        head.Field("host"u8, "c"u8);
        head.Field("content-length"u8, Length);
        head.Field("x"u8, ""u8);
        head.End();
        Assert.That(Heads.Text(output.Written), Is.EqualTo(Request));
    }

    [TestCase(200, "", "HTTP/1.1 200 OK\r\n\r\n")]
    [TestCase(404, "", "HTTP/1.1 404 Not Found\r\n\r\n")]
    [TestCase(299, "", "HTTP/1.1 299 \r\n\r\n")]
    [TestCase(200, "Fine", "HTTP/1.1 200 Fine\r\n\r\n")]
    public void Writes_a_status_line_with_the_usual_phrase_unless_given_one(int status, string reason, string text)
    {
        var output = new SmallBlocks(64);
        var head = new HeadWriter(output);
        head.StatusLine(status, Heads.Bytes(reason));
        head.End();
        Assert.That(Heads.Text(output.Written), Is.EqualTo(text));
    }

    [Test]
    public void Makes_an_empty_target_a_slash()
    {
        var output = new SmallBlocks(64);
        var head = new HeadWriter(output);
        head.RequestLine("GET"u8, default, default, "?a"u8);
        head.End();
        Assert.That(Heads.Text(output.Written), Is.EqualTo("GET /?a HTTP/1.1\r\n\r\n"));
    }

    [Test]
    public void Shows_nothing_of_a_head_that_has_room_before_its_end()
    {
        var output = new SmallBlocks(256);
        var head = new HeadWriter(output);
        head.StatusLine(200, default);
        Assert.That(output.Written, Is.Empty);
        head.End();
        Assert.That(output.Written, Is.Not.Empty);
    }

    [Test]
    public void What_it_writes_is_what_the_parser_reads()
    {
        var head = Heads.Request(Request);
        Assert.That(Heads.Text(head.Target), Is.EqualTo("/prefix/a?b"));
        Assert.That(head.Framing.Length, Is.EqualTo(Length));
    }

    private sealed class SmallBlocks(int blockBytes) : IBufferWriter<byte>
    {
        private byte[] _block = new byte[blockBytes];

        public byte[] Written { get; private set; } = [];

        public void Advance(int count)
        {
            Written = [.. Written, .. _block.AsSpan(0, count)];
            _block = new byte[blockBytes];
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => _block;

        public Span<byte> GetSpan(int sizeHint = 0) => _block;
    }
}
