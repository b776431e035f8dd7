using System.Text;
using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class StableHasherTests
{
    [Test]
    public void Does_not_mind_where_the_bytes_are_cut()
    {
        var bytes = Encoding.UTF8.GetBytes("a text of some words, which is cut at two places and is longer than two blocks of thirty-two bytes");
        var whole = Of(bytes);
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                Assert.That(Of(bytes[..first], bytes[first..second], bytes[second..]), Is.EqualTo(whole));
            }
        }
    }

    [Test]
    public void Differs_with_every_byte_length_and_seed()
    {
        var texts = Enumerable.Range(0, 20_000).Select(i => $"signature-{i}").Append("").Append("\0").Append("\0\0").Append("\0\0\0\0\0\0\0\0");
        Assert.That(texts.Select(text => Of(Encoding.UTF8.GetBytes(text))), Is.Unique);
        Assert.That(new StableHasher(1).Finish(), Is.Not.EqualTo(new StableHasher(2).Finish()));
    }

    [TestCase(31)]
    [TestCase(32)]
    [TestCase(100)]
    [TestCase(1000)]
    public void Changes_with_every_bit_and_with_words_that_change_places(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        var hashes = new HashSet<ulong> { Of(bytes) };
        for (var bit = 0; bit < length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(hashes.Add(Of(bytes)), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var word = 8; word + 8 <= length; word += 8)
        {
            byte[] swapped = [.. bytes[word..(word + 8)], .. bytes[8..word], .. bytes[..8], .. bytes[(word + 8)..]];
            Assert.That(hashes.Add(Of(swapped)), $"word at {word}");
        }
    }

    private static ulong Of(params byte[][] pieces)
    {
        var hasher = new StableHasher(0);
        foreach (var piece in pieces)
        {
            hasher.Add(piece);
        }

        Assert.That(hasher.Length, Is.EqualTo(pieces.Sum(piece => piece.Length)));
        return hasher.Finish();
    }
}
