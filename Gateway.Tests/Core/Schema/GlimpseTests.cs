using Gateway.Core.Schema;

namespace Gateway.Tests.Core.Schema;

[TestFixture]
internal sealed class GlimpseTests
{
    [TestCase("loud", "\"loud\"")]
    [TestCase("", "\"\"")]
    [TestCase("a\u001b[2J\nb", "\"a?[2J?b\"")]
    public void A_short_text_is_shown_without_controls(string text, string shown) => Assert.That(Glimpse.Of(text), Is.EqualTo(shown));

    [TestCase("sk-ant-api03-abc")]
    [TestCase("SK-x")]
    [TestCase("Bearer abc")]
    [TestCase("user:pass@host")]
    [TestCase("0123456789abcdef0123456789")]
    public void What_may_be_a_credential_is_only_measured(string text) =>
        Assert.That(Glimpse.Of(text), Is.EqualTo($"a text of {text.Length} characters"));
}
