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

    private const string ProviderWithKey = """{ "providers": { "anthropic": { "api_key": "literal" } } }""";

    private ServeOptions Write(string text)
    {
        var path = Path.Combine(_folder, "gateway.json");
        File.WriteAllText(path, text);
        return new ServeOptions { Config = new FileInfo(path) };
    }
}
