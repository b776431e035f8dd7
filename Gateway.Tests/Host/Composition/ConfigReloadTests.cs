using System.Text.Json;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Host.Cli;
using Gateway.Host.Composition;
using Gateway.Tests.Architecture;
using Gateway.Tests.Core.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Composition;

[TestFixture]
internal sealed class ConfigReloadTests
{
    // Read from the snapshot by each exchange, or taken up by whoever Applied tells. A new field belongs here, or into ConfigReload.
    private static readonly string[] TakenUpAtOnce =
    [
        "log_level", "request_logging", "max_request_size_mb", "request_timeout_seconds", "host_names", "enable_cors", "cors_origins", "trusted_proxies",
        "forwarded_field", "routing_headers", "max_attempts", "retry_budget_percent", "keep_alive_comment_ms", "max_in_flight", "drain_seconds",
        "tls.certificate_file", "tls.key_file", "tls.client_ca_file",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-reload-");
    private readonly RecordingLogSink _log = new();
    private SnapshotHolder _snapshots = null!;
    private int _applied;

    private string ConfigPath => Path.Combine(_folder.FullName, "gateway.json");

    [SetUp]
    public void Load()
    {
        _snapshots = new SnapshotHolder(new GatewaySnapshot(ConfigText.Load("{}")));
        _applied = 0;
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Delete(recursive: true);

    [Test]
    public void Each_field_is_taken_up_at_once_or_said_to_need_a_restart()
    {
        var schema = JsonElement.Parse(SourceTree.Read("gateway.schema.json")).GetProperty("properties").GetProperty("claude_gateway");
        Assert.That(
            FieldsOf(schema, "").Where(field => !ConfigReload.NeedsRestart($"$.claude_gateway.{field}")),
            Is.EquivalentTo(TakenUpAtOnce));
    }

    [Test]
    public void What_has_changed_is_logged_and_what_needs_a_restart_is_named()
    {
        Assert.That(Reload("""{ "claude_gateway": { "port": 9, "max_attempts": 7, "management": { "port": 8 } } }""").Errors, Is.Empty);

        Assert.That(_snapshots.Current.MaxAttempts, Is.EqualTo(7));
        Assert.That(_log.Lines, Has.Some.Contain("\"config_changed\",\"at\":\"$.claude_gateway.max_attempts\",\"before\":\"3\",\"after\":\"7\""));
        Assert.That(_log.Lines, Has.Some.Contain("\"needs_restart\",\"at\":\"$.claude_gateway.port\""));
        Assert.That(_log.Lines, Has.Some.Contain("\"needs_restart\",\"at\":\"$.claude_gateway.management.port\""));
        Assert.That(_log.Lines, Has.None.Contain("\"needs_restart\",\"at\":\"$.claude_gateway.max_attempts\""));
    }

    [Test]
    public void One_with_errors_changes_nothing_and_each_error_is_logged()
    {
        var before = _snapshots.Current;

        Assert.That(Reload("""{ "claude_gateway": { "prot": 9, "max_attempts": 70 } }""").Errors, Has.Count.EqualTo(2));

        Assert.That((_snapshots.Current, _applied), Is.EqualTo((before, 0)));
        Assert.That(_log.Lines, Has.Some.Contain("\"config_rejected\"").And.Some.Contain("$.claude_gateway.prot"));
    }

    [Test]
    public void A_sound_one_that_this_process_may_not_take_changes_nothing()
    {
        var before = _snapshots.Current;

        var result = Reload("{}", _ => new ConfigError("$.clients", "none", "some"));

        Assert.That(result.Errors.Select(error => error.ToString()), Is.EqualTo((string[])[$"{ConfigPath}: $.clients: found none; expected some"]));
        Assert.That((_snapshots.Current, _applied), Is.EqualTo((before, 0)));
    }

    [Test]
    public void A_thousand_of_which_a_third_is_wrong_leave_the_last_good_one()
    {
        for (var i = 0; i < 999; i++)
        {
            var result = Reload(i % 3 == 2 ? "{ no JSON" : $$"""{ "claude_gateway": { "max_attempts": {{1 + (i % 3)}} } }""");
            Assert.That(result.Errors, Has.Count.EqualTo(i % 3 == 2 ? 1 : 0));
            Assert.That(_snapshots.Current.MaxAttempts, Is.EqualTo(i % 3 == 0 ? 1 : 2));
        }

        Assert.That(_applied, Is.EqualTo(666));
    }

    private ConfigResult Reload(string text, Func<GatewayConfig, ConfigError?>? judge = null)
    {
        File.WriteAllText(ConfigPath, text);
        var reload = new ConfigReload(new ServeOptions { Config = new FileInfo(ConfigPath) }, _snapshots, new GatewayEvents(_log), () => 0)
        {
            Judge = judge ?? (_ => null),
            Applied = _ => _applied++,
        };
        return reload.Run();
    }

    private static IEnumerable<string> FieldsOf(JsonElement section, string prefix) =>
        section.GetProperty("properties").EnumerateObject().SelectMany(field => field.Value.TryGetProperty("properties", out _)
            ? FieldsOf(field.Value, $"{prefix}{field.Name}.")
            : [$"{prefix}{field.Name}"]);
}
