using System.Globalization;
using System.Text;
using Gateway.Core.Telemetry;

namespace Gateway.Host.Management;

/// <summary>Builds a scrape in Prometheus' text format, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).</summary>
internal sealed class PrometheusText : IMetricsOutput
{
    private readonly StringBuilder _text = new();

    /// <inheritdoc />
    public void Begin(string name, string type, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    /// <inheritdoc />
    public void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <inheritdoc />
    public void Histogram(string name, string labels, IReadOnlyList<Histogram> parts)
    {
        var bounds = parts[0].Bounds;
        long count = 0;
        var comma = labels.Length > 0 ? "," : "";
        for (var bucket = 0; bucket <= bounds.Length; bucket++)
        {
            count += parts.Sum(part => part.Count(bucket));
            var end = bucket == bounds.Length ? "+Inf" : (bounds[bucket] / 1e6).ToString("R", CultureInfo.InvariantCulture);
            Sample($"{name}_bucket", $"{labels}{comma}le=\"{end}\"", count);
        }

        Sample($"{name}_sum", labels, parts.Sum(part => part.Sum) / 1e6);
        Sample($"{name}_count", labels, count);
    }

    /// <summary>A label with its value escaped.</summary>
    public static string Label(string name, string value) =>
        $"{name}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    /// <inheritdoc />
    public override string ToString() => _text.ToString();
}
