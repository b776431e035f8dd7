using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ConfigDifferenceTests
{
    [Test]
    public void A_configuration_does_not_differ_from_itself() => Assert.That(
        Between("""{ "providers": { "zai": { "api_key": "k" } } }""", """{ "providers": { "zai": { "api_key": "k" } } } // again"""), Is.Empty);

    [Test]
    public void What_is_written_out_is_no_difference_from_the_default() => Assert.That(
        Between("{}", """{ "claude_gateway": { "port": 8080 } }"""), Is.Empty);

    [Test]
    public void A_change_is_told_by_its_path() => Assert.That(
        Between("{}", """{ "claude_gateway": { "port": 9 } }"""),
        Is.EqualTo([new ConfigChange("$.claude_gateway.port", "8080", "9")]));

    [Test]
    public void Another_key_is_a_change_although_neither_is_shown() => Assert.That(
        Between("""{ "providers": { "zai": { "api_key": "canary-1" } } }""", """{ "providers": { "zai": { "api_key": "canary-2" } } }"""),
        Is.EqualTo([new ConfigChange("$.providers.zai.api_key", "\"***\"", "\"***\"")]));

    [Test]
    public void What_comes_has_no_before_and_what_goes_no_after()
    {
        var added = Between("{}", """{ "models": { "m*": { "input_usd_per_million": 2.5 } } }""");
        var gone = Between("""{ "models": { "m*": { "input_usd_per_million": 2.5 } } }""", "{}");
        Assert.That(added, Does.Contain(new ConfigChange("$.models[\"m*\"].input_usd_per_million", null, "2.5")));
        Assert.That(gone, Does.Contain(new ConfigChange("$.models[\"m*\"].input_usd_per_million", "2.5", null)));
    }

    private static IReadOnlyList<ConfigChange> Between(string before, string after) =>
        ConfigDifference.Between(ConfigText.Load(before), ConfigText.Load(after));
}
