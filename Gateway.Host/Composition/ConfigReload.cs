using Gateway.Core.Configuration;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Host.Cli;

namespace Gateway.Host.Composition;

/// <summary>Puts a changed configuration in force while the gateway runs; one with errors changes nothing.</summary>
internal sealed class ConfigReload(ServeOptions options, SnapshotHolder snapshots, GatewayEvents events, Func<long> nowMs)
{
    // What the sockets, the servers and the watches were made with.
    private static readonly HashSet<string> Fixed =
    [
        .. new[]
        {
            "bind_address", "port", "transport", "reactors", "max_head_kb", "max_header_count", "head_timeout_seconds", "keep_alive_seconds",
            "write_stall_seconds", "min_body_bytes_per_second", "min_body_grace_seconds", "max_connections", "max_in_flight", "summary_line", "usage_ledger",
        }.Select(field => $"$.claude_gateway.{field}"),
    ];

    private static readonly string[] FixedSections = ["$.claude_gateway.log_file.", "$.claude_gateway.capture.", "$.claude_gateway.otlp."];

    private readonly Lock _one = new();

    /// <summary>Called with each configuration that comes into force.</summary>
    public Action<GatewayConfig> Applied { get; init; } = _ => { };

    /// <summary>Reads the file again. Any thread.</summary>
    public ConfigResult Run()
    {
        lock (_one)
        {
            var result = ConfigFile.Load(options, out var file);
            foreach (var error in result.Errors)
            {
                events.ConfigRejected(file, error.Path, error.ToString());
            }

            if (result.Config is { } config && result.Errors.Count == 0)
            {
                Apply(config, result, file);
            }

            return result;
        }
    }

    private void Apply(GatewayConfig config, ConfigResult result, string file)
    {
        var before = snapshots.Current;
        snapshots.Publish(new GatewaySnapshot(config, before, nowMs()));
        Applied(config);
        GatewayComposition.Announce(result, file, events);
        foreach (var change in ConfigDifference.Between(before.Config, config))
        {
            events.ConfigChanged(change.Path, change.Before ?? "", change.After ?? "");
            if (Fixed.Contains(change.Path) || FixedSections.Any(section => change.Path.StartsWith(section, StringComparison.Ordinal)))
            {
                events.NeedsRestart(change.Path);
            }
        }
    }
}
