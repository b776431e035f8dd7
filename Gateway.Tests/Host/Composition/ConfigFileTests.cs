using System.Runtime.Versioning;
using Gateway.Host.Cli;
using Gateway.Host.Composition;

namespace Gateway.Tests.Host.Composition;

[TestFixture]
internal sealed class ConfigFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("gateway-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_file_is_read_and_the_command_line_goes_over_it()
    {
        var options = Write("""{ "claude_gateway": { "port": 1, "keep_alive_seconds": 7 } }""") with { Flags = [new("port", "2", "--port")] };
        var listener = ConfigFile.Load(options, out var name).Config!.Listener;
        Assert.Multiple(() =>
        {
            Assert.That(listener.Port, Is.EqualTo(2));
            Assert.That(listener.KeepAliveSeconds, Is.EqualTo(7));
            Assert.That(name, Is.EqualTo(options.Config!.FullName));
        });
    }

    [Test]
    public void A_file_that_is_named_must_be_there()
    {
        var error = ConfigFile.Load(new ServeOptions { Config = new FileInfo(Path.Combine(_folder, "none.json")) }, out _).Errors.Single();
        Assert.That(error.ToString(), Does.Contain("none.json").And.Contain("a readable file"));
    }

    [Test]
    public void A_folder_is_no_file() => Assert.That(
        ConfigFile.Load(new ServeOptions { Config = new FileInfo(_folder) }, out _).Errors, Has.Count.EqualTo(1));

    [Test]
    public void A_byte_order_mark_is_no_part_of_the_content() => Assert.That(
        ConfigFile.Load(Write("\uFEFF{}"), out _).Errors, Is.Empty);

    [Test]
    public void A_file_without_end_is_refused() => Assert.That(
        ConfigFile.Load(Write(new string(' ', 5 * 1024 * 1024)), out _).Errors.Single().Found, Is.EqualTo("more than 4 MiB"));

    [TestCase(UnixFileMode.None, true)]
    [TestCase(UnixFileMode.GroupRead, false)]
    [TestCase(UnixFileMode.OtherRead, false)]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "there are no such modes")]
    public void A_key_in_the_file_is_for_its_owner_alone(UnixFileMode others, bool isFine)
    {
        var options = Write(ProviderWithKey);
        File.SetUnixFileMode(options.Config!.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        Assert.That(ConfigFile.Load(options, out _).Errors.Count == 0, Is.EqualTo(isFine));
    }

    [TestCase(UnixFileMode.None, 0)]
    [TestCase(UnixFileMode.GroupRead, 1)]
    [TestCase(UnixFileMode.OtherRead, 1)]
    [TestCase(UnixFileMode.OtherWrite, 1)]
    [TestCase(UnixFileMode.OtherExecute, 0)]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "there are no such modes")]
    public void So_is_a_file_that_the_key_is_taken_from_also_through_a_link(UnixFileMode others, int errors)
    {
        var key = Path.Combine(_folder, "key");
        File.WriteAllText(key, "sk-0123456789abcdef\n");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        var link = File.CreateSymbolicLink(Path.Combine(_folder, "link"), key).FullName;
        foreach (var path in (string[])[key, link])
        {
            var options = Write($$"""{ "providers": { "anthropic": { "api_key": "${file:{{path}}}" } } }""");
            Assert.That(ConfigFile.Load(options, out _).Errors, Has.Count.EqualTo(errors), path);
        }

        // There the service manager has put it, for this service alone.
        var given = Write($$"""{ "providers": { "anthropic": { "api_key": "${file:{{key}}}" } } }""");
        Assert.That(ConfigFile.Load(given, name => name == "CREDENTIALS_DIRECTORY" ? _folder : null, out _, out _).Errors, Is.Empty);
    }

    private const string ProviderWithKey = """{ "providers": { "anthropic": { "api_key": "literal" } } }""";

    private ServeOptions Write(string text)
    {
        var path = Path.Combine(_folder, "gateway.json");
        File.WriteAllText(path, text);
        return new ServeOptions { Config = new FileInfo(path) };
    }
}
