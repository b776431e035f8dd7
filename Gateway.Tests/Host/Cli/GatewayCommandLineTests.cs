using Gateway.Core.Configuration;
using Gateway.Host.Cli;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Host.Cli;

[TestFixture]
internal sealed class GatewayCommandLineTests
{
    [Test]
    public void Without_options_nothing_goes_over_the_file()
    {
        Assert.That(Serve().Config, Is.Null);
        Assert.That(Serve().Flags, Is.Empty);
    }

    [Test]
    public void Serving_may_be_asked_for_by_its_name() => Assert.That(Flags("serve", "--port", "1"), Is.EqualTo([new ListenerOverride("port", "1", "--port")]));

    [Test]
    public void All_options_are_heard()
    {
        var options = Serve(
            "--port", "9000", "--bind", "::1", "--config", "a.json", "--log-level", "debug", "--request-logging", "--max-size", "64");
        Assert.That(options.Config!.Name, Is.EqualTo("a.json"));
        Assert.That(options.Flags, Is.EquivalentTo((ListenerOverride[])
        [
            new("port", "9000", "--port"),
            new("bind_address", "::1", "--bind"),
            new("log_level", "debug", "--log-level"),
            new("request_logging", "true", "--request-logging"),
            new("max_request_size_mb", "64", "--max-size"),
        ]));
    }

    [Test]
    public void Every_field_of_the_listener_has_an_option() => Rule.Holds(
        "A field of claude_gateway cannot be set on the command line.",
        from field in ListenerFields.Table
        where !field.IsSection
        let option = "--" + field.Name.Replace('_', '-')
        let value = field.Default(new ListenerConfig()).Trim('"')
        where Flags(option, value).Single() != new ListenerOverride(field.Name, value, option)
        select option);

    [TestCase("--port=9000")]
    [TestCase("--port:9000")]
    [TestCase("-p", "9000")]
    public void A_value_may_be_joined_to_its_option(params string[] args) => Assert.That(Flags(args).Single().Text, Is.EqualTo("9000"));

    [Test]
    public void Logging_requests_can_be_switched_off() => Assert.That(Flags("--request-logging", "false").Single().Text, Is.EqualTo("false"));

    [TestCase("--prot", "1")]
    [TestCase("srve")]
    [TestCase("config")]
    [TestCase("config", "cehck")]
    [TestCase("completion", "tcsh")]
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
        var code = GatewayCommandLine.Run(args, _ => throw new AssertionException("served"), TextWriter.Null, errors);
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
        var code = GatewayCommandLine.Run([option], _ => throw new AssertionException("served"), output, TextWriter.Null);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(output.ToString(), Does.Contain(expected));
        });
    }

    [Test]
    public void Every_command_is_in_the_documentation()
    {
        using var run = new CommandRun();
        Assert.That(run.Run("--help"), Is.Zero);
        var commands = run.Output.Split("Commands:")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' ')[0]).ToList();
        Assert.That(commands, Has.Count.GreaterThan(10));
        Rule.Holds(
            "docs/command-line.md has a row for each command.",
            commands.Where(command => !SourceTree.Read("docs/command-line.md").Contains($"`{command}", StringComparison.Ordinal)));
    }

    [TestCase("config check")]
    [TestCase("config show")]
    [TestCase("config diff a b")]
    [TestCase("config schema")]
    [TestCase("import")]
    [TestCase("doctor")]
    [TestCase("env")]
    [TestCase("status")]
    [TestCase("health")]
    [TestCase("providers")]
    [TestCase("route a")]
    [TestCase("test a")]
    [TestCase("bench")]
    [TestCase("reload")]
    [TestCase("drain")]
    [TestCase("service install")]
    [TestCase("service uninstall")]
    [TestCase("usage")]
    [TestCase("version")]
    public void Each_command_has_a_form_for_programs(string command)
    {
        using var run = new CommandRun();
        Assert.That(run.Run([.. command.Split(' '), "--json", "--help"]), Is.Zero, run.Errors);
    }

    [Test]
    public void The_exit_code_is_that_of_serving() =>
        Assert.That(GatewayCommandLine.Run([], _ => ExitCodes.Configuration, TextWriter.Null, TextWriter.Null), Is.EqualTo(ExitCodes.Configuration));

    private static IReadOnlyList<ListenerOverride> Flags(params string[] args) => Serve(args).Flags;

    private static ServeOptions Serve(params string[] args)
    {
        ServeOptions? served = null;
        using var errors = new StringWriter();
        var code = GatewayCommandLine.Run(args, options => { served = options; return ExitCodes.Success; }, TextWriter.Null, errors);
        Assert.That(code, Is.Zero, errors.ToString());
        return served!;
    }
}
