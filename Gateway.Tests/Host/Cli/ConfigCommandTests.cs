using System.Text.Json;
using Gateway.Host.Cli;

namespace Gateway.Tests.Host.Cli;

[TestFixture]
internal sealed class ConfigCommandTests
{
    private CommandRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandRun();

    [TearDown]
    public void EndRun() => _run.Dispose();

    [Test]
    public void A_good_file_is_said_to_be_fine()
    {
        var file = _run.Write("gateway.json", """{ "providers": { "zai": { "api_key": "${NOT_SET}" } } }""");
        Assert.That(_run.Run("config", "check", "--config", file), Is.Zero);
        Assert.That(_run.Output, Does.Contain("fine, 1 of 2 providers"));
        Assert.That(_run.Errors, Does.Contain("zai takes no part: the environment variable NOT_SET is not set"));
    }

    [Test]
    public void A_bad_file_is_told_with_all_that_is_wrong()
    {
        var file = _run.Write("gateway.json", """{ "claude_gateway": { "prot": 1 }, "default_provider": "nobody" }""");
        Assert.That(_run.Run("config", "check", "-c", file), Is.EqualTo(ExitCodes.Configuration));
        Assert.That(_run.Errors, Does.Contain("$.claude_gateway.prot").And.Contain("$.default_provider"));
    }

    [Test]
    public void Programs_get_the_errors_as_JSON()
    {
        var file = _run.Write("gateway.json", """{ "claude_gateway": { "prot": 1 } }""");
        Assert.That(_run.Run("config", "check", "-c", file, "--json"), Is.EqualTo(ExitCodes.Configuration));
        using var json = JsonDocument.Parse(_run.Output);
        Assert.That(json.RootElement.GetProperty("errors")[0].GetProperty("path").GetString(), Is.EqualTo("$.claude_gateway.prot"));
    }

    [Test]
    public void A_variable_counts_when_a_file_is_checked()
    {
        _run.Environment["GATEWAY_PORT"] = "many";
        Assert.That(_run.Run("config", "check", "-c", _run.Write("gateway.json", "{}")), Is.EqualTo(ExitCodes.Configuration));
        Assert.That(_run.Errors, Does.Contain("GATEWAY_PORT: found \"many\""));
    }

    [Test]
    public void The_configuration_is_shown_whole_and_without_keys()
    {
        var file = _run.Write("gateway.json", """{ "providers": { "zai": { "api_key": "literal-canary-key" } } }""");
        Assert.That(_run.Run("config", "show", "-c", file, "--port", "9"), Is.Zero, _run.Errors);
        using var json = JsonDocument.Parse(_run.Output);
        Assert.That(json.RootElement.GetProperty("claude_gateway").GetProperty("port").GetInt32(), Is.EqualTo(9));
        Assert.That(_run.Output + _run.Errors, Does.Not.Contain("canary"));
    }

    [Test]
    public void Each_value_is_shown_with_where_it_came_from()
    {
        _run.Environment["GATEWAY_LOG_LEVEL"] = "warn";
        var file = _run.Write("gateway.json", """{ "claude_gateway": { "reactors": 2 } }""");
        Assert.That(_run.Run("config", "show", "--origin", "-c", file, "-p", "9"), Is.Zero, _run.Errors);
        Assert.That(_run.Output, Does.Match(@"\.port +9 +flag -p\n")
            .And.Match("""\.log_level +"warn" +environment GATEWAY_LOG_LEVEL\n""")
            .And.Match(@"\.reactors +2 +file\n")
            .And.Match(@"\.transport +""auto"" +default\n"));
    }

    [Test]
    public void The_difference_of_two_files_needs_none_of_their_keys()
    {
        var before = _run.Write("a.json", """{ "default_provider": "zai", "providers": { "zai": { "api_key": "${ZAI}" } } }""");
        var after = _run.Write("b.json", """{ "default_provider": "zai", "providers": { "zai": { "api_key": "literal-canary" } } }""");
        Assert.That(_run.Run("config", "diff", before, after), Is.Zero, _run.Errors);
        Assert.That(_run.Output, Is.EqualTo("~ $.providers.zai.api_key: \"${ZAI}\" -> \"***\"\n"));
    }

    [Test]
    public void Colour_is_for_terminals()
    {
        using var terminal = new CommandRun { HasColour = true };
        var before = terminal.Write("a.json", "{}");
        var after = terminal.Write("b.json", """{ "claude_gateway": { "port": 1 } }""");
        _run.Run("config", "diff", before, after);
        terminal.Run("config", "diff", before, after);
        Assert.That(_run.Output, Does.Not.Contain('\e'));
        Assert.That(terminal.Output, Does.StartWith("\e[33m~ $.claude_gateway.port: 8080 -> 1\e[0m"));
    }
}
