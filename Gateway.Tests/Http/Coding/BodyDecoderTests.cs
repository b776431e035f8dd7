using System.Buffers;
using Gateway.Http.Coding;

namespace Gateway.Tests.Http.Coding;

[TestFixtureSource(typeof(Codings), nameof(Codings.All))]
internal sealed class BodyDecoderTests(ContentCoding coding)
{
    private const int Megabyte = 1024 * 1024;

    [Test]
    public void A_body_comes_out_as_it_went_in([Values(1, 10, 4095, 4096, 4097, 16_384, 100_000)] int bytes, [Values(1, 7, 8192, 1_000_000)] int segment)
    {
        var plain = Codings.Prose(bytes);
        Assert.That(Decode(Codings.Encode(coding, plain), out var decoded, segment), Is.EqualTo(DecodeStatus.Done));
        Assert.That(decoded, Is.EqualTo(plain));
    }

    [Test]
    public void A_body_cut_off_anywhere_is_corrupt()
    {
        var coded = Codings.Encode(coding, Codings.Prose(3_000));
        for (var length = 0; length < coded.Length; length++)
        {
            Assert.That(Decode(coded[..length], out _), Is.EqualTo(DecodeStatus.Corrupt), $"{length} of {coded.Length} bytes");
        }
    }

    [Test]
    public void Whatever_follows_makes_it_corrupt([Values(1, 2, 3, 8, 20, 9_000, 30_000)] int bytes, [Values(0, 65, 255)] int value)
    {
        byte[] garbage = [.. Enumerable.Repeat((byte)value, bytes)];
        foreach (var size in (int[])[1, 4_096, 20_000])
        {
            var coded = Codings.Encode(coding, Codings.Prose(size));
            Assert.That(Decode([.. coded, .. garbage], out _), Is.EqualTo(DecodeStatus.Corrupt), $"{bytes} bytes behind {size}");
        }
    }

    [Test]
    public void Bytes_of_anything_else_are_corrupt()
    {
        Assert.That(Decode("{\"model\":\"not compressed at all\"}"u8.ToArray(), out _), Is.EqualTo(DecodeStatus.Corrupt));
        Assert.That(Decode(new byte[5_000], out _), Is.Not.EqualTo(DecodeStatus.Done));
    }

    [Test]
    public void A_changed_byte_never_faults()
    {
        var coded = Codings.Encode(coding, Codings.Prose(2_000));
        for (var at = 0; at < coded.Length; at++)
        {
            var changed = (byte[])coded.Clone();
            changed[at] ^= 0x55;
            Assert.That(() => Decode(changed, out _), Throws.Nothing, $"byte {at}");
        }
    }

    [Test]
    public void A_body_over_the_size_is_too_large_before_it_is_decoded_whole()
    {
        var plain = Codings.Prose(500_000);
        var coded = Codings.Encode(coding, plain);

        Assert.That(Decode(coded, out var decoded, maxBytes: 100_000), Is.EqualTo(DecodeStatus.TooLarge));
        Assert.That(decoded, Has.Length.LessThanOrEqualTo(100_000));
        Assert.That(Decode(coded, out _, maxBytes: plain.Length), Is.EqualTo(DecodeStatus.Done));
        Assert.That(Decode(coded, out _, maxBytes: plain.Length - 1), Is.EqualTo(DecodeStatus.TooLarge));
    }

    [Test]
    public void A_bomb_is_stopped_when_its_ratio_is_reached()
    {
        var coded = Codings.Encode(coding, new byte[20 * Megabyte]);

        Assert.That(Decode(coded, out var decoded, maxBytes: 1_000L * Megabyte), Is.EqualTo(DecodeStatus.Bomb));
        Assert.That(decoded.Length, Is.LessThanOrEqualTo(Math.Max(Megabyte, coded.Length * 100)));
    }

    [Test]
    public void A_little_that_expands_a_lot_is_no_bomb() => Assert.That(
        Decode(Codings.Encode(coding, new byte[Megabyte]), out _), Is.EqualTo(DecodeStatus.Done));

    [Test]
    public void A_second_body_behind_the_first_counts_only_where_the_format_knows_series()
    {
        var coded = Codings.Encode(coding, Codings.Prose(5_000));
        var isSeries = coding is ContentCoding.Gzip or ContentCoding.Zstd;

        Assert.That(Decode([.. coded, .. coded], out var decoded), Is.EqualTo(isSeries ? DecodeStatus.Done : DecodeStatus.Corrupt));
        Assert.That(Decode([.. coded, .. coded[..^1]], out _), Is.EqualTo(DecodeStatus.Corrupt));
        if (isSeries)
        {
            Assert.That(decoded, Is.EqualTo((byte[])[.. Codings.Prose(5_000), .. Codings.Prose(5_000)]));
        }
    }

    private DecodeStatus Decode(byte[] coded, out byte[] decoded, int segment = 4_000, long maxBytes = 32 * Megabyte)
    {
        var output = new ArrayBufferWriter<byte>();
        var status = BodyDecoder.Decode(Codings.Cut(coded, segment), coding, output, maxBytes, maxRatio: 100);
        decoded = output.WrittenSpan.ToArray();
        return status;
    }
}
