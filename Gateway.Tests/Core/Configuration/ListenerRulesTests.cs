using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ListenerRulesTests
{
    private const string Open = """{ "claude_gateway": { "bind_address": "0.0.0.0" } }""";

    [TestCase("0.0.0.0")]
    [TestCase("::")]
    [TestCase("192.168.1.5")]
    public void An_address_that_others_can_reach_is_refused_because_there_are_no_client_keys(string address)
    {
        var error = ConfigText.Read($$"""{ "claude_gateway": { "bind_address": "{{address}}" } }""").Errors.Single();
        Assert.Multiple(() =>
        {
            Assert.That(error.Path, Is.EqualTo("$.claude_gateway.bind_address"));
            Assert.That(error.Expected, Does.Contain("clients with keys"));
        });
    }

    [Test]
    public void The_command_line_can_close_what_the_file_opens() => Assert.That(
        ConfigText.Read(Open, [new("bind_address", "127.0.0.1", "--bind")]).Errors, Is.Empty);

    [Test]
    public void An_open_address_on_the_command_line_is_its_own_error() => Assert.That(
        ConfigText.Read("{}", [new("bind_address", "0.0.0.0", "--bind")]).Errors.Single().ToString(), Does.StartWith("--bind: found 0.0.0.0"));

    [TestCase("\"port\": 1", "$.claude_gateway.tls.certificate_file,$.claude_gateway.tls.key_file")]
    [TestCase("\"port\": 1, \"certificate_file\": \"c\"", "$.claude_gateway.tls.key_file")]
    [TestCase("\"port\": 1, \"certificate_file\": \"c\", \"key_file\": \"k\", \"bind_address\": \"0.0.0.0\"", "$.claude_gateway.tls.bind_address")]
    [TestCase("\"port\": 1, \"certificate_file\": \"c\", \"key_file\": \"k\", \"bind_address\": \"0.0.0.0\", \"client_ca_file\": \"a\"", "")]
    [TestCase("\"port\": 1, \"certificate_file\": \"c\", \"key_file\": \"k\"", "")]
    [TestCase("\"certificate_file\": \"c\"", "")]
    public void TLS_needs_a_certificate_and_lets_nobody_in_from_outside_who_is_not_known(string members, string paths) =>
        Assert.That(string.Join(',', ConfigText.PathsOfErrors($$"""{ "claude_gateway": { "tls": { {{members}} } } }""")), Is.EqualTo(paths));

    [TestCase("", true)]
    [TestCase("\"tls\": { \"port\": 1, \"certificate_file\": \"c\", \"key_file\": \"k\", \"client_ca_file\": \"a\", \"bind_address\": \"0.0.0.0\" }", false)]
    [TestCase("\"management\": { \"port\": 1, \"bind_address\": \"0.0.0.0\" }", false)]
    [TestCase("\"management\": { \"bind_address\": \"0.0.0.0\" }", true)]
    public void Pages_are_free_only_where_no_listener_can_be_reached_from_outside(string members, bool isLocal) =>
        Assert.That(ConfigText.Load($$"""{ "claude_gateway": { {{members}} } }""").Listener.IsLocal, Is.EqualTo(isLocal));

    [TestCase(FileAudience.Owner, "")]
    [TestCase(FileAudience.Group, "$.claude_gateway.management.key_file")]
    [TestCase(FileAudience.Everybody, "$.claude_gateway.tls.key_file,$.claude_gateway.management.key_file")]
    public void Files_with_keys_are_not_everybodys(FileAudience audience, string paths)
    {
        var text = """{ "claude_gateway": { "tls": { "port": 1, "certificate_file": "c", "key_file": "k" }, "management": { "key_file": "m" } } }"""u8.ToArray();
        var source = new ConfigSource(_ => null, OthersCanRead: false) { AudienceOf = file => file == "c" ? FileAudience.Everybody : audience };
        Assert.That(string.Join(',', ConfigReader.Read(text, source).Errors.Select(error => error.Path)), Is.EqualTo(paths));
    }
}
