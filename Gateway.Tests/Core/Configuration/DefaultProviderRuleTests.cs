namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class DefaultProviderRuleTests
{
    private const string Providers = """ "providers": { "anthropic": { "api_key": "k" }, "off": { "base_url": "https://x", "enabled": false } } """;

    [Test]
    public void An_unknown_name_is_refused_with_the_nearest_one() => Assert.That(
        Expected("antropic"), Is.EqualTo("anthropic (the nearest known name)"));

    [Test]
    public void A_name_that_is_near_to_none_is_refused_with_all() => Assert.That(
        Expected("bedrock"), Is.EqualTo("one of anthropic, off, synthetic"));

    [Test]
    public void A_provider_that_is_switched_off_can_not_be_the_default() => Assert.That(Expected("off"), Is.EqualTo("an enabled provider"));

    [Test]
    public void The_built_in_provider_needs_no_entry()
    {
        var config = ConfigText.Load($$"""{ "default_provider": "synthetic", {{Providers}} }""");
        Assert.That(config.Providers.Select(provider => provider.Name), Is.EqualTo(["anthropic", "off", "synthetic"]));
    }

    [Test]
    public void An_entry_may_switch_the_built_in_provider_off() => Assert.That(
        ConfigText.Load("""{ "default_provider": "anthropic", "providers": { "anthropic": { "api_key": "k" }, "synthetic": { "enabled": false } } }""")
            .Providers.Count(provider => provider.Enabled),
        Is.EqualTo(1));

    private static string Expected(string name)
    {
        var error = ConfigText.Read($$"""{ "default_provider": "{{name}}", {{Providers}} }""").Errors.Single();
        Assert.That(error.Path, Is.EqualTo("$.default_provider"));
        return error.Expected;
    }
}
