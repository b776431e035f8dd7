using System.Text;
using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class StableHasherTests
{
    [Test]
    public void Does_not_mind_where_the_bytes_are_cut()
    {
        var bytes = Encoding.UTF8.GetBytes("a text of some words, which is cut at two places");
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
