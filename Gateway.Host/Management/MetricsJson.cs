using System.Text.Json;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Host.Management;

/// <summary><c>/metrics</c> for those who ask for JSON.</summary>
internal sealed class MetricsJson(GatewayStatus status)
{
    /// <summary>The totals, and what each provider did.</summary>
    public void Write(Exchange exchange) => Page.Json(exchange, writer =>
    {
        writer.WriteNumber("uptime_seconds"u8, status.UptimeSeconds);
        WriteTotals(writer, status);
        WriteProviders(writer);
    });

    /// <summary>Adds the totals.</summary>
    public static void WriteTotals(Utf8JsonWriter writer, GatewayStatus status)
    {
        var counters = status.Counters;
        var total = counters.Total(Counter.Requests);
        var succeeded = counters.Total(Counter.Successes);
        writer.WriteNumber("total_requests"u8, total);
        writer.WriteNumber("successful_requests"u8, succeeded);
        writer.WriteNumber("failed_requests"u8, total - succeeded);
        writer.WriteNumber("success_rate"u8, total == 0 ? 1 : Math.Round((double)succeeded / total, 6));
        writer.WriteNumber("average_response_time_ms"u8, total == 0 ? 0 : Math.Round(counters.Total(Counter.TotalMicroseconds) / 1000.0 / total, 3));
        writer.WriteNumber("in_flight_requests"u8, counters.InFlight);
        writer.WriteNumber("input_tokens"u8, counters.Total(Counter.InputTokens));
        writer.WriteNumber("output_tokens"u8, counters.Total(Counter.OutputTokens));
        writer.WriteNumber("cache_read_tokens"u8, counters.Total(Counter.CacheReadTokens));
        writer.WriteNumber("cache_creation_tokens"u8, counters.Total(Counter.CacheCreationTokens));
    }

    private void WriteProviders(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("traffic"u8);
        foreach (var (labels, cells) in TrafficSum.Of(status.Metrics))
        {
            writer.WriteStartObject();
            writer.WriteString("provider"u8, labels.Provider);
            writer.WriteString("route"u8, labels.Route);
            writer.WriteString("model"u8, labels.Model);
            writer.WriteNumber("requests"u8, cells.Outcomes.Sum());
            writer.WriteNumber("input_tokens"u8, cells.Tokens[0]);
            writer.WriteNumber("output_tokens"u8, cells.Tokens[1]);
            writer.WriteNumber("cost_usd"u8, cells.CostMicroUsd / 1e6);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
