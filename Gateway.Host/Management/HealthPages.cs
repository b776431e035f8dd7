using System.Buffers;
using System.Text.Json;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Host.Lifetime;
using Gateway.Http.Proxying;
using Gateway.Http.Server;
using Gateway.Http.Wire;

namespace Gateway.Host.Management;

/// <summary>/health: is the process there, since when, and what has it done.</summary>
internal sealed class HealthPages(SnapshotHolder snapshots, GatewayCounters counters, TimeProvider time) : IManagementPages
{
    private readonly long _startedAt = time.GetTimestamp();

    public bool TryAnswer(Exchange exchange)
    {
        var request = exchange.Request;
        if (!request.Path.SequenceEqual("/health"u8) || request.Method is not (RequestMethod.Get or RequestMethod.Head))
        {
            return false;
        }

        var body = Describe();
        var head = exchange.Response.BeginHead(200, default);
        head.Field("content-type"u8, "application/json"u8);
        head.Field("cache-control"u8, "no-store"u8);
        exchange.Response.EndHead(ref head, body.WrittenCount);
        exchange.Response.Write(body.WrittenSpan);
        exchange.Response.End();
        return true;
    }

    private ArrayBufferWriter<byte> Describe()
    {
        var body = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        writer.WriteString("status"u8, "ok"u8);
        writer.WriteString("version"u8, ProductVersion.Text);
        writer.WriteNumber("uptime_seconds"u8, (long)time.GetElapsedTime(_startedAt).TotalSeconds);
        writer.WriteString("default_provider"u8, snapshots.Current.DefaultProvider.Name);
        writer.WriteNumber("total_requests"u8, counters.Total(Counter.Requests));
        writer.WriteNumber("open_connections"u8, counters.ConnectionsOpen);
        writer.WriteEndObject();
        writer.Flush();
        return body;
    }
}
