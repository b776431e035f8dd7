using System.Text.Json;
using Gateway.Host.Cli;

namespace Gateway.Tests.Host.Cli;

[TestFixture]
internal sealed class ImportCommandTests
{
    private const string Theirs = """
        {
          "Providers": [{ "name": "deepseek", "api_base_url": "https://api.deepseek.com/chat/completions", "api_key": "sk-canary", "models": ["deepseek-chat"] }],
          "Router": { "default": "deepseek,deepseek-chat" },
          "PROXY_URL": "http://127.0.0.1:7890"
        }
        """;

    private CommandRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandRun();

    [TearDown]
    public void EndRun() => _run.Dispose();

    [Test]
    public void The_file_goes_to_standard_output_and_the_rest_is_remarked()
    {
        Assert.That(_run.Run("import", _run.Write("config.json", Theirs)), Is.Zero, _run.Errors);
        using var json = JsonDocument.Parse(_run.Output);
        Assert.That(json.RootElement.GetProperty("default_provider").GetString(), Is.EqualTo("deepseek"));
        Assert.That(_run.Errors, Does.Contain("DEEPSEEK_API_KEY").And.Contain("PROXY_URL was not carried over"));
        Assert.That(_run.Output + _run.Errors, Does.Not.Contain("canary"));
    }

    [Test]
    public void Without_a_name_the_file_is_where_that_program_has_it()
    {
        _run.Environment["HOME"] = _run.Folder;
        _run.Write(Path.Combine(".claude-code-router", "config.json"), Theirs);
        Assert.That(_run.Run("import"), Is.Zero, _run.Errors);
    }

    [Test]
    public void A_new_file_is_for_its_owner_alone_and_an_old_one_stays()
    {
        var theirs = _run.Write("config.json", Theirs);
        var ours = Path.Combine(_run.Folder, "gateway.json");
        Assert.That(_run.Run("import", theirs, "--include-secrets", "-o", ours), Is.Zero, _run.Errors);
        Assert.That(_run.Output, Is.Empty);
        Assert.That(_run.Run("config", "check", "-c", ours), Is.Zero, _run.Errors);
        Assert.That(_run.Run("import", theirs, "-o", ours), Is.EqualTo(ExitCodes.Failure));
    }

    [Test]
    public void Programs_get_file_and_remarks_together()
    {
        Assert.That(_run.Run("import", _run.Write("config.json", Theirs), "--json"), Is.Zero);
        using var json = JsonDocument.Parse(_run.Output);
        Assert.That(json.RootElement.GetProperty("remarks").GetArrayLength(), Is.EqualTo(2));
        Assert.That(json.RootElement.GetProperty("config").TryGetProperty("routes", out _));
    }

    [Test]
    public void What_is_no_configuration_of_theirs_is_an_error()
    {
        Assert.That(_run.Run("import", _run.Write("x.yaml", "a: 1")), Is.EqualTo(ExitCodes.Failure));
        Assert.That(_run.Run("import", Path.Combine(_run.Folder, "none")), Is.EqualTo(ExitCodes.Failure));
        Assert.That(_run.Errors, Does.Contain("none"));
    }
}
