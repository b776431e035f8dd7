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
}
