using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ProvidersKindTests
{
    [TestCase("")]
    [TestCase("a b")]
    [TestCase("a/b")]
    [TestCase("a,b")]
    [TestCase("ä")]
    [TestCase("a\\u0000")]
    public void A_name_that_clients_could_not_send_is_refused(string name) =>
        Assert.That(ConfigText.Read(ConfigText.ProviderNamed(name, "\"auth\": \"none\"")).Errors, Has.Count.EqualTo(1));

    [Test]
    public void A_doubled_provider_is_told_once() => Assert.That(
        ConfigText.PathsOfErrors("""{ "providers": { "synthetic": {}, "synthetic": {} } }"""), Is.EqualTo(["$.providers.synthetic"]));

    [Test]
    public void Something_else_than_an_object_brings_no_errors_in_its_train() => Assert.That(
        ConfigText.PathsOfErrors("""{ "default_provider": "p", "providers": [] }"""), Is.EqualTo(["$.providers"]));

    [Test]
    public void Every_flag_and_number_lands_in_its_own_property()
    {
        var fallback = new ProviderConfig { Name = "p" };
        foreach (var field in ProviderFields.Table.Where(field => field.Default(fallback) is "true" or "false"))
        {
            var other = field.Default(fallback) == "true" ? "false" : "true";
            var read = ConfigText.LoadProvider($"\"base_url\": \"https://x\", \"auth\": \"none\", \"{field.Name}\": {other}");
            Assert.That(ProviderFields.Table.Where(row => row.Default(read) != row.Default(fallback)).Select(row => row.Name),
                Is.EquivalentTo(["base_url", "auth", field.Name]));
        }
    }

    [TestCase("connect_timeout_ms")]
    [TestCase("tls_timeout_ms")]
    [TestCase("pool_idle_seconds")]
    [TestCase("pool_age_seconds")]
    [TestCase("priority_score")]
    [TestCase("max_concurrent_requests")]
    public void A_number_lands_in_its_own_property(string name)
    {
        var fallback = new ProviderConfig { Name = "p" };
        var read = ConfigText.LoadProvider($"\"base_url\": \"https://x\", \"auth\": \"none\", \"{name}\": 17");
        Assert.That(ProviderFields.Table.Where(row => row.Default(read) != row.Default(fallback)).Select(row => row.Name),
            Is.EquivalentTo(["base_url", "auth", name]));
    }

    [TestCase("x-api-key", AuthKind.XApiKey)]
    [TestCase("bearer", AuthKind.Bearer)]
    [TestCase("client", AuthKind.Client)]
    [TestCase("none", AuthKind.None)]
    public void The_ways_to_send_a_key_have_names(string word, AuthKind auth) => Assert.That(
        ConfigText.LoadProvider($"\"base_url\": \"https://x\", \"api_key\": \"k\", \"auth\": \"{word}\"").Auth, Is.EqualTo(auth));

    [TestCase("anthropic", Dialect.Anthropic)]
    [TestCase("openai", Dialect.OpenAi)]
    [TestCase("openai-responses", Dialect.OpenAiResponses)]
    public void The_dialects_have_names(string word, Dialect dialect) => Assert.That(
        ConfigText.LoadProvider($"\"base_url\": \"https://x\", \"auth\": \"none\", \"dialect\": \"{word}\"").Dialect, Is.EqualTo(dialect));
}
