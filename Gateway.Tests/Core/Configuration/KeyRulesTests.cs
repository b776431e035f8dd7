using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class KeyRulesTests
{
    private const string Canary = "sk-canary-1234567890";

    [Test]
    public void A_reference_leads_to_the_environment() => Assert.That(
        ConfigText.Load(With("${A_KEY}"), ("A_KEY", Canary)).Providers[0].ApiKey!.Reveal().SequenceEqual("sk-canary-1234567890"u8));

    [TestCase(null)]
    [TestCase("")]
    public void A_provider_without_its_variable_takes_no_part(string? value)
    {
        var result = value is null ? ConfigText.Read(With("${A_KEY}")) : ConfigText.Read(With("${A_KEY}"), environment: ("A_KEY", value));
        Assert.Multiple(() =>
        {
            Assert.That(result.Config!.Providers[0].Enabled, Is.False);
            Assert.That(result.SwitchedOff, Is.EqualTo([KeyValuePair.Create("p", "the environment variable A_KEY is not set")]));
        });
    }

    [Test]
    public void The_default_provider_needs_its_variable()
    {
        var error = ConfigText.Read(With("${A_KEY}", ", \"default_provider\": \"p\"")).Errors.Single();
        Assert.Multiple(() =>
        {
            Assert.That(error.Path, Is.EqualTo("$.providers.p.api_key"));
            Assert.That(error.Found, Is.EqualTo("${A_KEY}, which is not set"));
        });
    }

    [Test]
    public void A_key_in_the_file_is_warned_about()
    {
        var result = ConfigText.Read(With(Canary));
        Assert.Multiple(() =>
        {
            Assert.That(result.Config!.Providers[0].ApiKey!.Reveal().SequenceEqual("sk-canary-1234567890"u8));
            Assert.That(result.Warnings.Single(), Does.StartWith("$.providers.p.api_key holds the key itself").And.Not.Contain(Canary));
        });
    }

    [Test]
    public void A_key_in_a_file_that_others_can_read_is_refused() => Assert.That(
        ConfigText.Read(With(Canary), othersCanRead: true).Errors.Single().ToString(), Does.Contain("chmod 600").And.Not.Contain(Canary));

    [Test]
    public void A_reference_in_a_file_that_others_can_read_is_fine() => Assert.That(
        ConfigText.Read(With("${A_KEY}"), othersCanRead: true, environment: ("A_KEY", "k")).Errors, Is.Empty);

    [TestCase("two words")]
    [TestCase("line\nbreak")]
    [TestCase("key\r\nx-evil: 1")]
    [TestCase("schlüssel")]
    public void What_is_no_field_value_is_no_key(string value) => Assert.That(
        ConfigText.Read(With("${A_KEY}"), environment: ("A_KEY", value)).Errors.Single().ToString(),
        Does.Contain("$.providers.p.api_key").And.Not.Contain(value));

    [TestCase("${}")]
    [TestCase("${A_KEY")]
    [TestCase("${9A}")]
    [TestCase("${A KEY}")]
    [TestCase("x${A_KEY}")]
    [TestCase("${A_KEY}x")]
    [TestCase("${file:run/key}")]
    [TestCase("${credential:../key}")]
    [TestCase("${vault:key}")]
    [TestCase("${A}${B}")]
    public void Other_references_are_refused(string reference) =>
        Assert.That(ConfigText.PathsOfErrors(With(reference)), Is.EqualTo(["$.providers.p.api_key"]));

    [TestCase("${file:/run/key}", "/run/key")]
    [TestCase("${credential:p-key}", "/run/credentials/gateway/p-key")]
    public void A_reference_may_lead_to_a_file_or_to_a_credential_of_the_service_manager(string reference, string path)
    {
        var source = new ConfigSource(name => name == "CREDENTIALS_DIRECTORY" ? "/run/credentials/gateway" : null, OthersCanRead: false)
        {
            ReadSecretFile = file => file == path ? Canary : null,
        };
        var config = ConfigReader.Read(System.Text.Encoding.UTF8.GetBytes(With(reference)), source).Config!;
        Assert.That(config.Providers[0].ApiKey!.Reveal().SequenceEqual("sk-canary-1234567890"u8));
    }

    [TestCase(FileAudience.Owner, true)]
    [TestCase(FileAudience.Group, false)]
    [TestCase(FileAudience.Everybody, false)]
    public void A_file_with_a_key_is_its_owners_alone(FileAudience audience, bool isFine)
    {
        const string Places = """
            {
              "claude_gateway": { "otlp": { "endpoint": "https://c", "headers": { "x-token": "${file:/run/key}" } } },
              "clients": { "c": { "key": "${file:/run/key}" } },
              "providers": {
                "p": { "base_url": "https://x", "api_key": "${file:/run/key}" },
                "q": { "base_url": "https://x", "keys": [ { "key": "${file:/run/key}" } ] },
                "off": { "base_url": "https://x", "api_key": "${file:/run/key}", "enabled": false }
              }
            }
            """;
        var errors = ReadWith(Places, audience).Errors;
        Assert.Multiple(() =>
        {
            Assert.That(
                errors.Select(error => error.Path),
                Is.EquivalentTo(isFine ? [] : new[] { "$.providers.p.api_key", "$.providers.q.keys[0].key", "$.clients.c.key", "$.claude_gateway.otlp.headers.x-token" }));
            Assert.That(errors.Select(error => error.Found), Is.All.EqualTo("${file:/run/key}, which others can read"));
            Assert.That(errors.Select(error => error.Expected), Is.All.EqualTo("a file for its owner alone: chmod 600 /run/key"));
        });
    }

    // systemd lets the service in by an access control list, which the mode shows as if it were the group.
    [Test]
    public void A_credential_is_the_service_managers_business() => Assert.That(
        ReadWith(With("${credential:key}"), FileAudience.Group).Errors, Is.Empty);

    [TestCase("client")]
    [TestCase("none")]
    public void A_variable_that_is_not_sent_need_not_be_set(string auth) => Assert.That(
        ConfigText.LoadProvider($"\"base_url\": \"https://x\", \"auth\": \"{auth}\", \"api_key\": \"${{A_KEY}}\"").Enabled);

    [Test]
    public void An_empty_key_is_none() => Assert.That(ConfigText.PathsOfErrors(With("")), Is.EqualTo(["$.providers.p.api_key"]));

    [Test]
    public void No_place_of_the_file_tells_a_key_that_was_put_there()
    {
        foreach (var field in ProviderFields.Table)
        {
            var result = ConfigText.Read(ConfigText.ProviderNamed("p", $"\"{field.Name}\": \"{Canary}\", \"auth\": \"none\""), othersCanRead: true);
            Assert.That(string.Join('\n', result.Errors) + string.Join('\n', result.Warnings), Does.Not.Contain(Canary), field.Name);
        }
    }

    private static ConfigResult ReadWith(string text, FileAudience audience) => ConfigReader.Read(
        System.Text.Encoding.UTF8.GetBytes(text),
        new ConfigSource(name => name == "CREDENTIALS_DIRECTORY" ? "/run" : null, OthersCanRead: false) { ReadSecretFile = _ => Canary, AudienceOf = _ => audience });

    private static string With(string key, string more = "") =>
        $$"""{ "providers": { "p": { "base_url": "https://x", "api_key": "{{key}}" } }{{more}} }""";
}
