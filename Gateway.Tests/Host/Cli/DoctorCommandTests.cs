using System.Text.Json;
using Gateway.Host.Cli;

namespace Gateway.Tests.Host.Cli;

[TestFixture]
internal sealed class DoctorCommandTests
{
    private CommandRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandRun();

    [TearDown]
    public void EndRun() => _run.Dispose();

    [Test]
    public void Where_nothing_is_broken_it_says_so()
    {
        Assert.That(_run.Run("doctor", "--offline", "-c", _run.Write("gateway.json", "{}"), "--port", "0"), Is.Zero, _run.Output);
        Assert.That(_run.Output, Does.Match("CHECK +FOUND +FIX\n").And.Match("configuration +fine ").And.Not.Contain("BROKEN"));
    }

    [Test]
    public void What_is_broken_is_told_with_its_fix()
    {
        Assert.That(_run.Run("doctor", "--offline", "-c", _run.Write("gateway.json", """{ "prot": 1 }""")), Is.EqualTo(ExitCodes.Failure));
        Assert.That(_run.Output, Does.Match(@"configuration +BROKEN +line 1: \$\.prot: an unknown field +write "));
    }

    [Test]
    public void Programs_get_JSON()
    {
        Assert.That(_run.Run("doctor", "--offline", "--json", "-c", _run.Write("gateway.json", "{}"), "--port", "0"), Is.Zero, _run.Output);
        using var json = JsonDocument.Parse(_run.Output);
        Assert.That(json.RootElement.EnumerateArray().Select(finding => finding.GetProperty("verdict").GetString()), Has.None.EqualTo("broken"));
    }
}
