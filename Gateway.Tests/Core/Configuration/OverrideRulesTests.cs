using System.Net;
using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class OverrideRulesTests
{
    private const string File = """{ "claude_gateway": { "port": 1, "request_logging": true, "log_level": "warn", "keep_alive_seconds": 7 } }""";

    [Test]
    public void Silence_leaves_the_file_as_it_is() => Assert.That(Listener().Port, Is.EqualTo(1));

    [Test]
    public void The_environment_goes_over_the_file()
    {
        var listener = Listener(("GATEWAY_PORT", "2"), ("GATEWAY_BIND_ADDRESS", "::1"), ("GATEWAY_REQUEST_LOGGING", "false"), ("GATEWAY_LOG_LEVEL", "error"));
        Assert.Multiple(() =>
        {
            Assert.That(listener.Port, Is.EqualTo(2));
            Assert.That(listener.BindAddress, Is.EqualTo(IPAddress.IPv6Loopback));
            Assert.That(listener.RequestLogging, Is.False);
            Assert.That(listener.LogLevel, Is.EqualTo("error"));
            Assert.That(listener.KeepAliveSeconds, Is.EqualTo(7));
        });
    }

    [Test]
    public void The_command_line_goes_over_the_environment() => Assert.That(
        ConfigText.Read(File, [new("port", "3", "--port")], environment: ("GATEWAY_PORT", "2")).Config!.Listener.Port, Is.EqualTo(3));

    [Test]
    public void An_empty_variable_is_none() => Assert.That(Listener(("GATEWAY_PORT", "")).Port, Is.EqualTo(1));

    [TestCase("x")]
    [TestCase("65536")]
    [TestCase("1.5")]
    [TestCase("true")]
    [TestCase("[1")]
    public void A_wrong_value_is_an_error_of_the_variable(string text)
    {
        var error = ConfigText.Read(File, [], environment: ("GATEWAY_PORT", text)).Errors.Single();
        Assert.That(error.ToString(), Does.StartWith("GATEWAY_PORT: found ").And.EndsWith("expected a whole number from 0 to 65535"));
    }

    [Test]
    public void Every_field_of_the_listener_has_a_variable_of_its_own() => Assert.That(
        ListenerSetting.All.Select(setting => setting.Variable),
        Is.EqualTo(ListenerFields.Table.Where(field => !field.IsSection).Select(field => "GATEWAY_" + field.Name.ToUpperInvariant())).And.Unique);

    private static ListenerConfig Listener(params (string, string)[] environment) => ConfigText.Load(File, environment).Listener;
}
