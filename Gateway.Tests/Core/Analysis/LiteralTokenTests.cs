using System.Text;
using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class LiteralTokenTests
{
    [TestCase("true", JsonShape.True)]
    [TestCase("false", JsonShape.False)]
    [TestCase("null", JsonShape.Null)]
    public void Reads_its_word_at_every_cut(string word, JsonShape shape)
    {
        for (var cut = 1; cut < word.Length; cut++)
        {
            var token = default(LiteralToken);
            token.Begin((byte)word[0]);
            _ = token.Read(Encoding.ASCII.GetBytes(word[1..cut]), 0, out var end);
            Assert.That(end, Is.EqualTo(TokenEnd.More));
            Assert.That(token.Read(Encoding.ASCII.GetBytes(word[cut..] + ","), 0, out end), Is.EqualTo(word.Length - cut));
            Assert.That(end, Is.EqualTo(TokenEnd.Ended));
            Assert.That(token.Shape, Is.EqualTo(shape));
        }
    }

    [TestCase("tRue")]
    [TestCase("falsy")]
    [TestCase("nil")]
    public void Fails_at_a_wrong_letter(string word)
    {
        var token = default(LiteralToken);
        token.Begin((byte)word[0]);
        _ = token.Read(Encoding.ASCII.GetBytes(word), 1, out var end);
        Assert.That(end, Is.EqualTo(TokenEnd.Failed));
    }
}
