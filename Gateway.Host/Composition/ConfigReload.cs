using Gateway.Core.Configuration;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Host.Cli;

namespace Gateway.Host.Composition;

/// <summary>Puts a changed configuration in force while the gateway runs; one with errors changes nothing.</summary>
internal sealed class ConfigReload(ServeOptions options, SnapshotHolder snapshots, GatewayEvents events, Func<long> nowMs)
{
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
        foreach (var field in FixedFields(before.Config.Listener, config.Listener))
        {
            events.NeedsRestart($"$.claude_gateway.{field}");
        }
    }

    // What the sockets and the servers were made with.
    private static IEnumerable<string> FixedFields(ListenerConfig before, ListenerConfig after)
    {
        (string Name, object Before, object After)[] fields =
        [
            ("bind_address", before.BindAddress, after.BindAddress),
            ("port", before.Port, after.Port),
            ("transport", before.Transport, after.Transport),
            ("reactors", before.Reactors, after.Reactors),
            ("max_head_kb", before.MaxHeadKb, after.MaxHeadKb),
            ("max_header_count", before.MaxHeaderCount, after.MaxHeaderCount),
            ("head_timeout_seconds", before.HeadTimeoutSeconds, after.HeadTimeoutSeconds),
            ("keep_alive_seconds", before.KeepAliveSeconds, after.KeepAliveSeconds),
            ("write_stall_seconds", before.WriteStallSeconds, after.WriteStallSeconds),
            ("max_connections", before.MaxConnections, after.MaxConnections),
            ("max_in_flight", before.MaxInFlight, after.MaxInFlight),
        ];
        return fields.Where(field => !field.Before.Equals(field.After)).Select(field => field.Name);
    }
}
