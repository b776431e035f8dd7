using System.Runtime.Versioning;
using Gateway.Host.Doctor;
using Gateway.Tests.Host.Cli;

namespace Gateway.Tests.Host.Doctor;

/// <summary>The checks that look at files.</summary>
[TestFixture]
internal sealed class FileChecksTests
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private CommandRun _files = null!;

    [SetUp]
    public void MakeFiles() => _files = new CommandRun();

    [TearDown]
    public void DeleteFiles() => _files.Dispose();

    [TestCase(UnixFileMode.None, Verdict.Fine)]
    [TestCase(UnixFileMode.OtherRead, Verdict.Fine)]
    [TestCase(UnixFileMode.GroupWrite, Verdict.Broken)]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "there are no such modes")]
    public async Task The_configuration_is_changed_by_its_owner_alone(UnixFileMode others, Verdict verdict)
    {
        var file = _files.Write("gateway.json", "{}");
        File.SetUnixFileMode(file, Own | others);
        Assert.That(await (Patient.With("{}") with { File = file }).VerdictsAsync<FileModeCheck>(), Is.EqualTo([verdict]));
    }

    [TestCase(UnixFileMode.None, Verdict.Fine)]
    [TestCase(UnixFileMode.OtherRead, Verdict.Broken)]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "there are no such modes")]
    public async Task A_file_with_a_key_is_read_by_its_owner_alone(UnixFileMode others, Verdict verdict)
    {
        var key = _files.Write("key", "sk-ant-0123456789");
        File.SetUnixFileMode(key, Own | others);
        var patient = Patient.With($$"""{ "clients": { "c": { "key_sha256": "{{new string('0', 64)}}" } }, "providers": { "zai": { "api_key": "${file:{{key}}}" } } }""");
        Assert.That(await patient.VerdictsAsync<FileModeCheck>(), Is.EqualTo([verdict]));
    }

    [Test]
    public async Task The_file_of_an_authority_is_there()
    {
        var there = _files.Write("ca.pem", "");
        Assert.That(await WithAuthority(there).VerdictsAsync<FileModeCheck>(), Is.EqualTo([Verdict.Fine]));
        Assert.That(await WithAuthority(there + "x").VerdictsAsync<FileModeCheck>(), Is.EqualTo([Verdict.Broken]));
    }

    [TestCase("""{ "env": { "ANTHROPIC_BASE_URL": "http://127.0.0.1:8080/anthropic" } }""", Verdict.Fine)]
    [TestCase("""{ "env": { "ANTHROPIC_BASE_URL": "http://localhost:8080/anthropic/" } }""", Verdict.Fine)]
    [TestCase("""{ "env": { "OTHER": "1" } }""", Verdict.Fine)]
    [TestCase("[]", Verdict.Fine)]
    [TestCase("""{ "env": { "ANTHROPIC_BASE_URL": "https://api.anthropic.com" } }""", Verdict.Broken)]
    [TestCase("{", Verdict.Odd)]
    public async Task Settings_of_Claude_Code_do_not_lead_past_the_gateway(string settings, Verdict verdict)
    {
        foreach (var name in (string[])["settings.json", "settings.local.json"])
        {
            var file = _files.Write(Path.Combine(".claude", name), settings);
            Assert.That(await (Patient.With("{}") with { Folder = _files.Folder }).VerdictsAsync<ClaudeSettingsCheck>(), Is.EqualTo([verdict]), name);
            File.Delete(file);
        }
    }

    [TestCase("http://127.0.0.1:8080/anthropic", Verdict.Fine)]
    [TestCase("https://api.anthropic.com", Verdict.Odd)]
    public async Task The_shell_leads_to_the_gateway_too(string url, Verdict verdict)
    {
        var patient = Patient.With("{}", environment: name => name == "ANTHROPIC_BASE_URL" ? url : null) with { Folder = _files.Folder };
        Assert.That(await patient.VerdictsAsync<ClaudeSettingsCheck>(), Is.EqualTo([verdict]));
    }

    private static Examination WithAuthority(string path) =>
        Patient.With($$"""{ "providers": { "zai": { "api_key": "${K}", "ca_file": "{{path}}" } } }""");
}
