using System.Text;
using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class StringCaptureTests
{
    [TestCase("plain", "plain")]
    [TestCase("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t")]
    [TestCase("\\u0041\\u00e9\\u20AC", "A\u00e9\u20ac")]
    [TestCase("\\ud83d\\ude39", "\ud83d\ude39")]
    [TestCase("\\ud83d!", "\uFFFD!")]
    public void Undoes_the_escapes(string raw, string text)
    {
        var scanner = Scans.Of($$"""{"model":"{{raw}}"}""", 1);
        Assert.That(Encoding.UTF8.GetString(scanner.Result.Model), Is.EqualTo(text));
    }

    [Test]
    public void Gives_up_what_is_too_long()
    {
        var capture = new StringCapture();
        capture.Begin();
        capture.Add(new byte[2_000]);
        Assert.That(capture.IsTooLong);
        Assert.That(capture.Text().IsEmpty);
        capture.Begin();
        capture.Add("again"u8);
        Assert.That(capture.IsTooLong, Is.False);
        Assert.That(capture.Text().SequenceEqual("again"u8));
    }
}
