using System.Buffers;
using Gateway.Http.Coding;

namespace Gateway.Tests.Http.Coding;

[TestFixture]
internal sealed class StrictDecoderTests
{
    [Test]
    public void Identity_is_not_decoded_and_is_the_stream_itself()
    {
        using var stream = new MemoryStream();
        using var decoded = DecodingStream.Open(stream, ContentCoding.Identity);
        Assert.That(decoded, Is.SameAs(stream));
        Assert.That(BodyDecoder.Decode(default, ContentCoding.Identity, new ArrayBufferWriter<byte>(), 10, 100), Is.EqualTo(DecodeStatus.Done));
    }

    [Test]
    public void A_zstd_frame_that_asks_for_too_much_memory_is_corrupt()
    {
        // RFC 8878 section 3.1.1: magic number, descriptor, and a window of 2^(10 + 15) bytes; then a raw block with the letter a.
        byte[] greedy = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 15 << 3, 0x09, 0x00, 0x00, (byte)'a'];
        byte[] modest = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 13 << 3, 0x09, 0x00, 0x00, (byte)'a'];

        Assert.That(Decode(greedy), Is.EqualTo(DecodeStatus.Corrupt));
        Assert.That(Decode(modest), Is.EqualTo(DecodeStatus.Done));
    }

    private static DecodeStatus Decode(byte[] coded) =>
        BodyDecoder.Decode(new ReadOnlySequence<byte>(coded), ContentCoding.Zstd, new ArrayBufferWriter<byte>(), 100, 100);
}
