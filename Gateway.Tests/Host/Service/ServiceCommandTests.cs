using System.CommandLine;
using System.Runtime.Versioning;
using Gateway.Host.Service;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Host.Service;

[TestFixture]
[UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win", Reason = "there is no systemd")]
internal sealed class ServiceCommandTests
{
    private readonly List<string> _asked = [];
    private string _root = "";
    private string _output = "";
    private int _systemctl;

    [SetUp]
    public void MakeRoot()
    {
        _root = Directory.CreateTempSubdirectory("gateway-service-").FullName;
        _asked.Clear();
        _systemctl = 0;
    }

    [TearDown]
    public void DeleteRoot() => Directory.Delete(_root, recursive: true);

    [Test]
    public void The_system_s_service_is_written_where_systemd_looks()
    {
        Assert.That(Run("install", "--root", _root, "--binary", "/opt/gateway/claude-gateway", "--listen", "127.0.0.1:9000"), Is.Zero, _output);
        Assert.That(Text("etc/systemd/system/claude-gateway.service"), Is.EqualTo(SourceTree.Read("deploy/systemd/system/claude-gateway.service")
            .Replace("ExecStart=/usr/bin/claude-gateway ", "ExecStart=/opt/gateway/claude-gateway ")));
        Assert.That(Text("etc/systemd/system/claude-gateway.socket"), Does.Contain("ListenStream=127.0.0.1:9000\n"));
        Assert.That(Text("etc/claude-gateway/gateway.json"), Is.EqualTo(SourceTree.Read("gateway.json")));
        Assert.That(_asked, Is.Empty, "below another root nothing is started");
    }

    [Test]
    public void A_user_s_service_is_his_own_and_is_started()
    {
        Assert.That(Run("install", "--user", "--binary", "/opt/gate way/100%/claude-gateway"), Is.Zero, _output);
        Assert.That(
            Text("config/systemd/user/claude-gateway.service"),
            Does.Contain($"ExecStart=\"/opt/gate way/100%%/claude-gateway\" serve --config {_root}/config/claude-gateway/gateway.json\n"));
        Assert.That(
            File.GetUnixFileMode(Path.Combine(_root, "config/claude-gateway/gateway.json")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(_asked, Is.EqualTo((string[])["--user daemon-reload", "--user enable --now claude-gateway.socket claude-gateway.service"]));
    }

    [Test]
    public void A_dry_run_tells_all_and_does_nothing()
    {
        Assert.That(Run("install", "--user", "--dry-run"), Is.Zero);
        Assert.That(_output, Does.Contain("Type=notify").And.Contain("ListenStream=127.0.0.1:8080").And.Contain("systemctl --user enable"));
        Assert.That(Directory.EnumerateFileSystemEntries(_root), Is.Empty);
        Assert.That(_asked, Is.Empty);
    }

    [Test]
    public void Programs_get_the_steps_as_JSON()
    {
        Assert.That(Run("install", "--user", "--dry-run", "--json"), Is.Zero);
        var steps = System.Text.Json.JsonElement.Parse(_output).EnumerateArray().ToList();
        Assert.That(steps.Select(step => step.GetProperty("do").GetString()), Is.EqualTo((string[])["write", "write", "write", "systemctl", "systemctl"]));
        Assert.That(steps[2].GetProperty("text").GetString(), Does.Contain("Type=notify"));
    }

    [Test]
    public void Uninstalling_leaves_the_configuration_and_one_that_is_there_is_kept()
    {
        var config = Path.Combine(_root, "config/claude-gateway/gateway.json");
        Directory.CreateDirectory(Path.GetDirectoryName(config)!);
        File.WriteAllText(config, "{ }");
        Run("install", "--user");
        _asked.Clear();

        Assert.That(Run("uninstall", "--user"), Is.Zero);
        Assert.That(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories), Is.EqualTo([config]));
        Assert.That(File.ReadAllText(config), Is.EqualTo("{ }"));
        Assert.That(_asked, Is.EqualTo((string[])["--user disable --now claude-gateway.socket claude-gateway.service", "--user daemon-reload"]));
    }

    [Test]
    public void What_systemctl_can_not_do_is_a_failure()
    {
        _systemctl = 1;
        Assert.That(Run("install", "--user"), Is.EqualTo(1));
        Assert.That(_asked, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_folder_that_can_not_be_written_is_a_failure()
    {
        File.WriteAllText(Path.Combine(_root, "etc"), "no folder");
        Assert.That(Run("install", "--root", _root), Is.EqualTo(1));
        Assert.That(_output, Does.Contain("claude-gateway: "));
    }

    [TestCase("8080")]
    [TestCase("localhost:8080")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1:1\nExecStart=/bin/false")]
    public void An_address_is_an_address_and_a_port(string address) =>
        Assert.That(ServiceCommand.Build().Parse(["install", "--listen", address]).Errors, Is.Not.Empty);

    private int Run(params string[] words)
    {
        var output = new StringWriter { NewLine = "\n" };
        var command = ServiceCommand.Build(
            name => name switch
            {
                "HOME" => "/nobody",
                "XDG_CONFIG_HOME" => Path.Combine(_root, "config"),
                _ => null,
            },
            asked =>
            {
                _asked.Add(string.Join(' ', asked));
                return _systemctl;
            });
        var code = command.Parse(words).Invoke(new InvocationConfiguration { Output = output, Error = output });
        _output = output.ToString();
        return code;
    }

    private string Text(string path) => File.ReadAllText(Path.Combine(_root, path));
}
