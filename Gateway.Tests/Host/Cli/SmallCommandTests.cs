using System.Text.Json;
using Gateway.Host.Lifetime;
using Gateway.Tests.Deploy;

namespace Gateway.Tests.Host.Cli;

[TestFixture]
internal sealed class SmallCommandTests
{
    private CommandRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandRun();

    [TearDown]
    public void EndRun() => _run.Dispose();

    [Test]
    public void The_version_is_told()
    {
        Assert.That(_run.Run("version"), Is.Zero);
        Assert.That(_run.Output, Is.EqualTo($"claude-gateway {ProductVersion.Text}\n"));
        Assert.That(_run.Run("version", "--json"), Is.Zero);
        using var json = JsonDocument.Parse(_run.Output);
        Assert.That(json.RootElement.GetProperty("version").GetString(), Is.EqualTo(ProductVersion.Text));
    }

    [TestCase("sh", "export ANTHROPIC_BASE_URL=http://127.0.0.1:9/anthropic\n")]
    [TestCase("fish", "set -gx ANTHROPIC_BASE_URL http://127.0.0.1:9/anthropic\n")]
    public void The_lines_for_the_client_are_those_of_its_shell(string shell, string line)
    {
        Assert.That(_run.Run("env", "-c", _run.Write("g.json", "{}"), "--port", "9", "--shell", shell), Is.Zero, _run.Errors);
        Assert.That(_run.Output, Does.StartWith(line).And.Contain("CLAUDE_CODE_GATEWAY_HINT_HEADERS").And.Not.Contain("AUTO_MODE"));
    }

    [Test]
    public void Who_has_another_vendor_has_the_client_judge_by_itself()
    {
        _run.Environment["ZAI"] = "canary";
        var file = _run.Write("g.json", """{ "default_provider": "zai", "providers": { "zai": { "api_key": "${ZAI}" } } }""");
        Assert.That(_run.Run("env", "-c", file), Is.Zero, _run.Errors);
        Assert.That(_run.Output, Does.Contain("export CLAUDE_CODE_AUTO_MODE_SERVER=0\n").And.Not.Contain("canary"));
    }

    [Test]
    public void A_client_takes_its_own_key_from_where_the_gateway_does()
    {
        _run.Environment["CLIENT_KEY"] = "canary-0123456789";
        var file = _run.Write("g.json", """{ "clients": { "laptop": { "key": "${CLIENT_KEY}" } } }""");
        Assert.That(_run.Run("env", "-c", file), Is.Zero, _run.Errors);
        Assert.That(_run.Output, Does.Contain("export ANTHROPIC_API_KEY=\"${CLIENT_KEY}\"\n"));
    }

    [TestCase("bash", "complete -o default -F _claude_gateway claude-gateway\n")]
    [TestCase("zsh", "compdef _claude_gateway claude-gateway; fi\n")]
    [TestCase("fish", "complete -c claude-gateway")]
    public void Completion_is_a_script_for_each_shell(string shell, string line)
    {
        Assert.That(_run.Run("completion", shell), Is.Zero);
        Assert.That(_run.Output, Does.Contain(line));
        if (Tool.Find(shell) is not { } program)
        {
            return;
        }

        // Read and not run: -n of each of them.
        var script = Path.GetTempFileName();
        File.WriteAllText(script, _run.Output);
        var (code, said) = program.Run("-n", script);
        Assert.That((code, said), Is.EqualTo((0, "")));
        File.Delete(script);
    }

    [TestCase("claude-gateway co", "config", "completion")]
    [TestCase("claude-gateway config s", "show", "schema")]
    [TestCase("claude-gateway --log-level w", "warn")]
    public void What_may_come_next_is_what_the_scripts_ask_for(string line, params string[] expected)
    {
        Assert.That(_run.Run($"[suggest:{line.Length}]", line), Is.Zero, _run.Errors);
        Assert.That(_run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), Is.SupersetOf(expected));
    }
}
