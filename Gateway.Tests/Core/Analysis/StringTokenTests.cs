using System.Text;
using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class StringTokenTests
{
    [Test]
    public void Ends_behind_the_quote_however_it_is_cut([Values] bool isKept, [Range(1, 20)] int pieceBytes)
    {
        var bytes = Encoding.UTF8.GetBytes("a\\\"b\\\\ \\u00e9\\n" + new string('y', 70) + "\\t\" rest");
        var token = new StringToken();
        token.Begin(isKept);
        var end = TokenEnd.More;
        var at = 0;
        while (end == TokenEnd.More)
        {
            var piece = bytes.AsSpan(at, Math.Min(pieceBytes, bytes.Length - at));
            at += token.Read(piece, 0, out end);
        }

        Assert.That(end, Is.EqualTo(TokenEnd.Ended));
        Assert.That(at, Is.EqualTo(bytes.Length - 5));
        Assert.That(!isKept || Encoding.UTF8.GetString(token.Capture.Text()) == "a\"b\\ \u00e9\n" + new string('y', 70) + "\t");
    }

    [TestCase("\\x", ScanError.InvalidEscape)]
    [TestCase("\\u12G4", ScanError.InvalidEscape)]
    [TestCase("a\nb", ScanError.ControlByteInString)]
    public void Fails_where_the_grammar_does(string text, ScanError error)
    {
        foreach (var isKept in (bool[])[true, false])
        {
            var token = new StringToken();
            token.Begin(isKept);
            _ = token.Read(Encoding.UTF8.GetBytes(text), 0, out var end);
            Assert.That(end, Is.EqualTo(TokenEnd.Failed));
            Assert.That(token.Error, Is.EqualTo(error));
        }
    }
}
