using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class AsciiSetsTests
{
    [Test]
    public void Finds_each_control_byte_at_each_place_of_a_vector()
    {
        for (var value = 0; value < 256; value++)
        {
            var isControl = value is (< 0x20 and not '\t') or 0x7F;
            Assert.That(AsciiSets.Controls.Contains((byte)value), Is.EqualTo(isControl));
            for (var at = 0; at < 40; at++)
            {
                var bytes = Heads.Bytes(new string('a', 40));
                bytes[at] = (byte)value;
                Assert.That(AsciiSets.IndexOfControl(bytes, 0), Is.EqualTo(isControl ? at : 40), $"0x{value:x2} at {at}");
                Assert.That(AsciiSets.IndexOfControl(bytes, at + 1), Is.EqualTo(40));
            }
        }
    }

    [Test]
    public void Measures_the_token_that_begins_a_text()
    {
        for (var value = 0; value < 256; value++)
        {
            var isToken = AsciiSets.Token.Contains((byte)value);
            Assert.That(AsciiSets.TokenLength([(byte)'a', (byte)value, (byte)':']), Is.EqualTo(isToken ? 2 : 1));
            Assert.That(AsciiSets.IsToken([(byte)value]), Is.EqualTo(isToken));
        }

        Assert.That(AsciiSets.IsToken(default), Is.False);
    }

    [TestCase("te", "te", true)]
    [TestCase("TE", "te", true)]
    [TestCase("Keep-Alive", "keep-alive", true)]
    [TestCase("TRANSFER-ENCODING", "transfer-encoding", true)]
    [TestCase("transfer-encodin", "transfer-encoding", false)]
    [TestCase("xransfer-encoding", "transfer-encoding", false)]
    [TestCase("transfer-encodinx", "transfer-encoding", false)]
    [TestCase("transfer_encoding", "transfer-encoding", false)]
    [TestCase("keep\ralive1", "keep-alive1", true)] // not a token: callers compare tokens only
    public void Compares_tokens_without_regard_to_case(string token, string lowerCase, bool isEqual) =>
        Assert.That(AsciiSets.EqualsToken(Heads.Bytes(token), Heads.Bytes(lowerCase)), Is.EqualTo(isEqual));

    [TestCase("", "")]
    [TestCase(" \t", "")]
    [TestCase("\t a \t b\t ", "a \t b")]
    [TestCase("\va", "\va")]
    public void Trims_spaces_and_tabs_and_nothing_else(string text, string trimmed) =>
        Assert.That(Heads.Text(AsciiSets.TrimOws(Heads.Bytes(text))), Is.EqualTo(trimmed));
}
