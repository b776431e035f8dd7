using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Host.Cli;

namespace Gateway.Host.Composition;

/// <summary>Puts a changed configuration in force while the gateway runs; one with errors changes nothing.</summary>
internal sealed class ConfigReload(ServeOptions options, SnapshotHolder snapshots, GatewayEvents events, Func<long> nowMs)
{
    // What the sockets, the servers and the watches were made with; a section stands for all its fields.
    private static readonly string[] Fixed =
    [
        .. new[]
        {
            "bind_address", "port", "unix_socket", "tls.bind_address", "tls.port", "management", "transport", "reactors", "max_head_kb", "max_header_count",
            "head_timeout_seconds", "keep_alive_seconds", "write_stall_seconds", "min_body_bytes_per_second", "min_body_grace_seconds", "max_connections",
            "summary_line", "usage_ledger", "log_file", "capture", "otlp",
        }.Select(field => $"$.claude_gateway.{field}"),
    ];

    private readonly Lock _one = new();

    /// <summary>Why a sound configuration may not come into force in this process; null if it may.</summary>
    public Func<GatewayConfig, ConfigError?> Judge { get; init; } = _ => null;

    /// <summary>Called with each configuration that comes into force.</summary>
    public Action<GatewayConfig> Applied { get; init; } = _ => { };

    /// <summary>Reads the file again. Any thread.</summary>
    public ConfigResult Run()
    {
        lock (_one)
        {
            var result = ConfigFile.Load(options, out var file);
            if (result.Config is { } read && Judge(read) is { } refusal)
            {
                result.Errors.Add(refusal with { File = file });
            }

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

    /// <summary>What stands at a JSON path takes effect at the next start only.</summary>
    internal static bool NeedsRestart(string path) =>
        Fixed.Any(field => path == field || path.StartsWith($"{field}.", StringComparison.Ordinal));

    private void Apply(GatewayConfig config, ConfigResult result, string file)
    {
        var before = snapshots.Current;
        snapshots.Publish(new GatewaySnapshot(config, before, nowMs()));
        Applied(config);
        GatewayComposition.Announce(result, file, events);
        foreach (var change in ConfigDifference.Between(before.Config, config))
        {
            events.ConfigChanged(change.Path, change.Before ?? "", change.After ?? "");
            if (NeedsRestart(change.Path))
            {
                events.NeedsRestart(change.Path);
            }
        }
    }
}
