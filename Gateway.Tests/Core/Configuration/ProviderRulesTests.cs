namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ProviderRulesTests
{
    [Test]
    public void The_provider_named_anthropic_knows_its_own_url() => Assert.That(
        ConfigText.Load(ConfigText.ProviderNamed("anthropic", "\"api_key\": \"k\"")).Providers[0].BaseUrl!.OriginalString,
        Is.EqualTo("https://api.anthropic.com"));

    [Test]
    public void A_wrong_url_of_anthropic_is_not_replaced() => Assert.That(
        ConfigText.PathsOfErrors(ConfigText.ProviderNamed("anthropic", "\"api_key\": \"k\", \"base_url\": \"api.anthropic.com\"")),
        Is.EqualTo(["$.providers.anthropic.base_url"]));

    [Test]
    public void Any_other_provider_says_where_it_is() => Assert.That(
        ConfigText.PathsOfErrors(ConfigText.ProviderNamed("p", "\"auth\": \"none\"")), Is.EqualTo(["$.providers.p.base_url"]));

    [Test]
    public void The_built_in_provider_has_no_url()
    {
        Assert.That(ConfigText.Load(ConfigText.ProviderNamed("synthetic", "")).Providers.Single().IsSynthetic);
        Assert.That(ConfigText.Load(ConfigText.ProviderNamed("synthetic", "\"base_url\": \"https://x\", \"auth\": \"none\"")).Providers.Single().IsSynthetic, Is.False);
    }

    [Test]
    public void A_key_for_the_built_in_provider_is_odd() => Assert.That(
        ConfigText.Read(ConfigText.ProviderNamed("synthetic", "\"api_key\": \"${K}\"")).Warnings.Single(), Does.StartWith("$.providers.synthetic.api_key has no effect"));

    [TestCase("x-api-key")]
    [TestCase("bearer")]
    public void A_key_that_is_sent_must_be_there(string auth) => Assert.That(
        ConfigText.PathsOfErrors(ConfigText.ProviderNamed("p", $"\"base_url\": \"https://x\", \"auth\": \"{auth}\"")),
        Is.EqualTo(["$.providers.p.api_key"]));

    [TestCase("client")]
    [TestCase("none")]
    public void Without_sending_a_key_none_is_needed(string auth) => Assert.That(
        ConfigText.LoadProvider($"\"base_url\": \"https://x\", \"auth\": \"{auth}\"").ApiKey, Is.Null);

    [TestCase("client")]
    [TestCase("none")]
    public void A_key_that_is_not_sent_is_odd(string auth) => Assert.That(
        ConfigText.Read(ConfigText.ProviderNamed("p", $"\"base_url\": \"https://x\", \"auth\": \"{auth}\", \"api_key\": \"${{K}}\""), environment: ("K", "k")).Warnings.Single(),
        Does.StartWith("$.providers.p.api_key has no effect"));

    [Test]
    public void A_wrong_auth_brings_no_error_about_the_key_in_its_train() => Assert.That(
        ConfigText.PathsOfErrors(ConfigText.ProviderNamed("p", "\"base_url\": \"https://x\", \"auth\": \"cleint\"")),
        Is.EqualTo(["$.providers.p.auth"]));

    [Test]
    public void A_provider_that_is_switched_off_needs_no_key() => Assert.That(
        ConfigText.Load(ConfigText.ProviderNamed("p", "\"base_url\": \"https://x\", \"enabled\": false")).Providers[0].Enabled, Is.False);
}
