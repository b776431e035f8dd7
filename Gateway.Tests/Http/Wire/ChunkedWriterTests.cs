using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class ChunkedWriterTests
{
    [TestCase(1, "1\r\n")]
    [TestCase(10, "a\r\n")]
    [TestCase(16, "10\r\n")]
    [TestCase(0xFFFF, "ffff\r\n")]
    [TestCase(int.MaxValue, "7fffffff\r\n")]
    public void Writes_the_size_in_lower_case_without_leading_zeros(int size, string line)
    {
        Span<byte> buffer = stackalloc byte[ChunkedWriter.MaxSizeLine];
        Assert.That(Heads.Text(buffer[..ChunkedWriter.WriteSizeLine(buffer, size)]), Is.EqualTo(line));
    }

    [Test]
    public void What_it_writes_is_what_the_reader_reads()
    {
        var limits = new HttpLimits();
        Span<byte> line = stackalloc byte[ChunkedWriter.MaxSizeLine];
        for (var size = 1; size < 5000; size += 7)
        {
            byte[] body =
            [
                .. line[..ChunkedWriter.WriteSizeLine(line, size)], .. new byte[size], .. ChunkedWriter.Crlf, .. ChunkedWriter.LastChunk,
            ];
            var reader = default(ChunkedReader);
            Assert.That(reader.Read(body, limits, out var consumed, out _, out var length, out _), Is.EqualTo(ChunkStep.Payload));
            Assert.That(length, Is.EqualTo(size));
            Assert.That(reader.Read(body.AsSpan(consumed), limits, out _, out _, out _, out _), Is.EqualTo(ChunkStep.End));
        }
    }
}
