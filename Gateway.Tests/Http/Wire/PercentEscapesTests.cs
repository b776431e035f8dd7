using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class PercentEscapesTests
{
    [Test]
    public void Takes_every_escape_but_those_of_control_bytes()
    {
        for (var value = 0; value < 256; value++)
        {
            var isControl = value is < 0x20 or 0x7F;
            Assert.That(PercentEscapes.AreValid(Heads.Bytes($"/%{value:x2}a")), Is.EqualTo(!isControl), $"{value:x2}");
            Assert.That(PercentEscapes.AreValid(Heads.Bytes($"/a%{value:X2}")), Is.EqualTo(!isControl), $"{value:X2}");
        }
    }

    [TestCase("%")]
    [TestCase("%4")]
    [TestCase("%4g")]
    [TestCase("%g4")]
    [TestCase("%41%")]
    [TestCase("%%41")]
    [TestCase("%u0041")]
    public void Takes_no_percent_sign_without_two_digits(string text) =>
        Assert.That(PercentEscapes.AreValid(Heads.Bytes(text)), Is.False);

    [TestCase("%6dessages", true)]
    [TestCase("a%2e", true)]
    [TestCase("%2F%7E", true)]
    [TestCase("a%2Fb%20c", false)]
    [TestCase("plain", false)]
    public void Knows_an_escape_that_is_not_needed(string text, bool hides) =>
        Assert.That(PercentEscapes.HideUnreserved(Heads.Bytes(text)), Is.EqualTo(hides));
}
