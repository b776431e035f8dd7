using System.Net;
using Gateway.Host.Cli;

namespace Gateway.Tests.Host.Cli;

[TestFixture]
internal sealed class CommandLineTests
{
    [Test]
    public void Without_options_nothing_goes_over_the_file() => Assert.That(Serve(), Is.EqualTo(new ServeOptions()));

    [Test]
    public void All_options_are_heard()
    {
        var options = Serve(
            "--port", "9000", "--bind", "::1", "--config", "a.json", "--log-level", "debug", "--request-logging", "--max-size", "64");
        Assert.Multiple(() =>
        {
            Assert.That(options.Config!.Name, Is.EqualTo("a.json"));
            Assert.That(options.Overrides.Port, Is.EqualTo(9000));
            Assert.That(options.Overrides.BindAddress, Is.EqualTo(IPAddress.IPv6Loopback));
            Assert.That(options.Overrides.LogLevel, Is.EqualTo("debug"));
            Assert.That(options.Overrides.RequestLogging, Is.True);
            Assert.That(options.Overrides.MaxRequestSizeMb, Is.EqualTo(64));
        });
    }

    [TestCase("--port=9000")]
    [TestCase("--port:9000")]
    [TestCase("-p", "9000")]
    public void A_value_may_be_joined_to_its_option(params string[] args) => Assert.That(Serve(args).Overrides.Port, Is.EqualTo(9000));

    [Test]
    public void Logging_requests_can_be_switched_off() => Assert.That(Serve("--request-logging", "false").Overrides.RequestLogging, Is.False);

    [TestCase("--prot", "1")]
    [TestCase("serve")]
    [TestCase("--port")]
    [TestCase("--port", "x")]
    [TestCase("--port", "65536")]
    [TestCase("--port", "-1")]
    [TestCase("--port", "1", "--port", "2")]
    [TestCase("--bind", "example.com")]
    [TestCase("--config", "")]
    [TestCase("--log-level", "loud")]
    [TestCase("--max-size", "0")]
    [TestCase("--max-size", "1025")]
    [TestCase("--request-logging", "perhaps")]
    public void A_wrong_command_line_serves_nothing(params string[] args)
    {
        using var errors = new StringWriter();
        var code = CommandLine.Run(args, _ => throw new AssertionException("served"), TextWriter.Null, errors);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Usage));
            Assert.That(errors.ToString(), Does.StartWith("claude-gateway: ").And.Contain("--help"));
        });
    }

    [TestCase("--help", "--max-size")]
    [TestCase("--version", ".")]
    public void Help_and_version_go_to_standard_output(string option, string expected)
    {
        using var output = new StringWriter();
        var code = CommandLine.Run([option], _ => throw new AssertionException("served"), output, TextWriter.Null);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(output.ToString(), Does.Contain(expected));
        });
    }

    [Test]
    public void The_exit_code_is_that_of_serving() =>
        Assert.That(CommandLine.Run([], _ => ExitCodes.Configuration, TextWriter.Null, TextWriter.Null), Is.EqualTo(ExitCodes.Configuration));

    private static ServeOptions Serve(params string[] args)
    {
        ServeOptions? served = null;
        using var errors = new StringWriter();
        var code = CommandLine.Run(args, options => { served = options; return ExitCodes.Success; }, TextWriter.Null, errors);
        Assert.That(code, Is.Zero, errors.ToString());
        return served!;
    }
}
