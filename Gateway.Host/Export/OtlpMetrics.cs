using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Core.Telemetry;
using Gateway.Host.Management;
using static Gateway.Host.Export.OtlpJson;

namespace Gateway.Host.Export;

/// <summary>Writes what <c>/metrics</c> shows as cumulative OTLP metrics.</summary>
/// <param name="json">Takes a whole request.</param>
/// <param name="startedAt">Since when counters count.</param>
/// <param name="now">When they were read.</param>
internal sealed class OtlpMetrics(Utf8JsonWriter json, DateTimeOffset startedAt, DateTimeOffset now) : IMetricsOutput
{
    private const int Cumulative = 2;
    private const string Total = "_total";

    private (string Name, string Type, string Help) _next;
    private bool _isOpen;

    /// <summary>Writes everything that the source has.</summary>
    public void Write(Action<IMetricsOutput> source)
    {
        OtlpJson.Begin(json, "resourceMetrics", "scopeMetrics", "metrics");
        source(this);
        Close();
        OtlpJson.End(json);
    }

    /// <inheritdoc />
    public void Begin(string name, string type, string help)
    {
        Close();
        _next = (name, type, help);
    }

    /// <inheritdoc />
    public void Sample(string name, string labels, double value)
    {
        BeginPoint(labels);
        json.WriteNumber("asDouble"u8, value);
        json.WriteEndObject();
    }

    /// <inheritdoc />
    public void Histogram(string name, string labels, IReadOnlyList<Histogram> parts)
    {
        BeginPoint(labels);
        var bounds = parts[0].Bounds;
        long count = 0;
        json.WriteStartArray("bucketCounts"u8);
        for (var bucket = 0; bucket <= bounds.Length; bucket++)
        {
            var inside = parts.Sum(part => part.Count(bucket));
            count += inside;
            json.WriteStringValue(inside.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
        json.WriteStartArray("explicitBounds"u8);
        foreach (var bound in bounds)
        {
            json.WriteNumberValue(bound / 1e6);
        }

        json.WriteEndArray();
        Long(json, "count"u8, count);
        json.WriteNumber("sum"u8, parts.Sum(part => part.Sum) / 1e6);
        json.WriteEndObject();
    }

    // A metric without a sample is left out: the protocol has no use for it.
    private void BeginPoint(string labels)
    {
        if (!_isOpen)
        {
            Open();
        }

        json.WriteStartObject();
        Time(json, "startTimeUnixNano"u8, startedAt);
        Time(json, "timeUnixNano"u8, now);
        json.WriteStartArray("attributes"u8);
        foreach (var (name, value) in Parse(labels))
        {
            Attribute(json, Encoding.UTF8.GetBytes(name), value);
        }

        json.WriteEndArray();
    }

    private void Open()
    {
        _isOpen = true;
        json.WriteStartObject();
        json.WriteString("name"u8, NameOf(_next.Name));
        json.WriteString("description"u8, _next.Help);
        json.WriteString("unit"u8, _next.Name switch
        {
            var name when name.Contains("_seconds", StringComparison.Ordinal) => "s",
            var name when name.Contains("_bytes", StringComparison.Ordinal) => "By",
            _ => "1",
        });
        json.WriteStartObject(_next.Type switch { "counter" => "sum"u8, "histogram" => "histogram"u8, _ => "gauge"u8 });
        if (_next.Type != "gauge")
        {
            json.WriteNumber("aggregationTemporality"u8, Cumulative);
        }

        if (_next.Type == "counter")
        {
            json.WriteBoolean("isMonotonic"u8, true);
        }

        json.WriteStartArray("dataPoints"u8);
    }

    private void Close()
    {
        if (_isOpen)
        {
            _isOpen = false;
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    // Where OpenTelemetry has a name and the same kind of instrument, it is that one; "_total" is added again by whoever shows it in Prometheus.
    private static string NameOf(string name) => name switch
    {
        "gen_ai_client_operation_duration_seconds" => "gen_ai.client.operation.duration",
        "gen_ai_client_operation_time_to_first_chunk_seconds" => "gen_ai.client.operation.time_to_first_chunk",
        "gen_ai_client_operation_time_per_output_chunk_seconds" => "gen_ai.client.operation.time_per_output_chunk",
        _ => name.EndsWith(Total, StringComparison.Ordinal) ? name[..^Total.Length] : name,
    };

    private static IEnumerable<(string Name, string Value)> Parse(string labels)
    {
        for (var at = 0; at < labels.Length;)
        {
            var equals = labels.IndexOf('=', at);
            var name = labels[at..equals];
            var value = new StringBuilder();
            for (at = equals + 2; labels[at] != '"'; at++)
            {
                value.Append(labels[at] != '\\' ? labels[at] : labels[++at] == 'n' ? '\n' : labels[at]);
            }

            at += 2;
            yield return (name, value.ToString());
        }
    }
}
