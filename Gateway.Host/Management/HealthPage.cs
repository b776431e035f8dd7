using Gateway.Core.Telemetry;
using Gateway.Host.Lifetime;
using Gateway.Http.Server;

namespace Gateway.Host.Management;

/// <summary>Is the process there, is it ready, and how are its parts?</summary>
internal sealed class HealthPage(GatewayStatus status)
{
    /// <summary><c>/health</c>: for people and load balancers.</summary>
    public void Short(Exchange exchange) => Page.Json(exchange, writer =>
    {
        writer.WriteString("status"u8, Word);
        writer.WriteString("version"u8, ProductVersion.Text);
        writer.WriteNumber("uptime_seconds"u8, status.UptimeSeconds);
        writer.WriteString("default_provider"u8, status.Snapshots.Current.DefaultProvider.Name);
        writer.WriteNumber("total_requests"u8, status.Counters.Total(Counter.Requests));
        writer.WriteNumber("open_connections"u8, status.OpenConnections());
    });

    /// <summary><c>/health/detailed</c>: the same, and each provider.</summary>
    public void Detailed(Exchange exchange) => Page.Json(exchange, writer =>
    {
        writer.WriteString("status"u8, Word);
        writer.WriteString("version"u8, ProductVersion.Text);
        writer.WriteNumber("uptime_seconds"u8, status.UptimeSeconds);
        writer.WriteNumber("open_connections"u8, status.OpenConnections());
        writer.WriteNumber("in_flight"u8, status.Counters.InFlight);
        writer.WriteString("load"u8, ProviderPage.Snake(status.Load.Rung.ToString()));
        writer.WriteNumber("log_lines_dropped"u8, status.LogLinesDropped());
        writer.WriteStartObject("providers"u8);
        foreach (var provider in status.Snapshots.Current.Providers)
        {
            writer.WriteString(provider.Name, ProviderPage.NameOf(ProviderPage.StateOf(provider, status.NowMs())));
        }

        writer.WriteEndObject();
        MetricsJson.WriteTotals(writer, status);
    });

    /// <summary><c>/livez</c>: every reactor turns. Whoever asks restarts the process where this says no, so nothing else counts.</summary>
    public void Live(Exchange exchange)
    {
        var isLive = status.IsTurning();
        Page.Json(exchange, writer => writer.WriteString("status"u8, isLive ? "ok"u8 : "hanging"u8), isLive ? 200 : 503);
    }

    /// <summary><c>/readyz</c>: new requests are welcome. Not whether providers are up: the gateway's own answer, which says why, is better than
    /// none, and of several gateways all would leave at once.</summary>
    public void Ready(Exchange exchange) => Page.Json(
        exchange, writer => writer.WriteString("status"u8, status.IsDraining ? "draining"u8 : "ready"u8), status.IsDraining ? 503 : 200);

    private ReadOnlySpan<byte> Word => status.IsDraining ? "draining"u8 : "ok"u8;
}
