using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ModelNameRulesTests
{
    [TestCase("*")]
    [TestCase("claude-*")]
    [TestCase("claude-opus-4-1[1m]")]
    [TestCase("org/model:free")]
    public void These_are_patterns(string text) => Assert.That(ModelNameRules.IsPattern(text));

    [TestCase("")]
    [TestCase("**")]
    [TestCase("*-opus")]
    [TestCase("claude-*-5")]
    [TestCase("a\nb")]
    public void These_are_none(string text) => Assert.That(ModelNameRules.IsPattern(text), Is.False);

    [Test]
    public void A_map_leads_from_patterns_to_names() => Assert.That(
        ConfigText.PathsOfErrors(ConfigText.ProviderNamed(
            "p", "\"base_url\": \"https://x\", \"auth\": \"none\", \"model_map\": { \"a\": \"b*\", \"c\": \"\", \"*d\": \"e\", \"f*\": \"g\", \"f*\": \"h\" }")),
        Is.EqualTo(["$.providers.p.model_map.a", "$.providers.p.model_map.c", "$.providers.p.model_map[\"*d\"]", "$.providers.p.model_map[\"f*\"]"]));
}
