using Gateway.Core.Telemetry;

namespace Gateway.Host.Management;

/// <summary>Takes everything that is measured, one metric after the other.</summary>
internal interface IMetricsOutput
{
    /// <summary>Begins a metric; its samples follow.</summary>
    /// <param name="name">As Prometheus knows it.</param>
    /// <param name="type">counter, gauge or histogram.</param>
    /// <param name="help">What it says.</param>
    public void Begin(string name, string type, string help);

    /// <summary>Adds a sample of a counter or a gauge.</summary>
    /// <param name="name">Name of the metric.</param>
    /// <param name="labels">As Prometheus writes them, without braces.</param>
    /// <param name="value">Its value.</param>
    public void Sample(string name, string labels, double value);

    /// <summary>Adds a histogram.</summary>
    /// <param name="name">Name of the metric.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="parts">The same histogram of every thread.</param>
    public void Histogram(string name, string labels, IReadOnlyList<Histogram> parts);

    /// <summary>A metric with one sample.</summary>
    public void Single(string name, string type, string help, double value)
    {
        Begin(name, type, help);
        Sample(name, "", value);
    }
}
