using System.Globalization;

namespace Gateway.Benchmarks.Processes;

/// <summary>What a gateway says of itself on its metrics page.</summary>
/// <param name="AllocatedBytes">Bytes allocated so far.</param>
/// <param name="Collections">Garbage collections so far, each counted once.</param>
/// <param name="Duration">Its times of whole answers.</param>
/// <param name="FirstChunk">Its times to the head of the answer.</param>
/// <param name="PerChunk">Its times from event to event.</param>
/// <param name="Overhead">What it added itself until the head of the answer.</param>
internal sealed record MetricsPage(long AllocatedBytes, long Collections, ToldTimes Duration, ToldTimes FirstChunk, ToldTimes PerChunk, ToldTimes Overhead)
{
    private static readonly HttpClient Client = new();

    /// <summary>Reads the page; null if there is none.</summary>
    public static MetricsPage? Read(Uri? page)
    {
        if (page is null)
        {
            return null;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        using var response = Client.Send(request);
        using var text = new StreamReader(response.Content.ReadAsStream());
        return Parse(text.ReadToEnd());
    }

    /// <summary>Reads its text.</summary>
    internal static MetricsPage Parse(string text)
    {
        var lines = text.Split('\n');
        return new MetricsPage(
            (long)Sum(lines, "dotnet_gc_allocated_bytes_total "),
            (long)Sum(lines, "dotnet_gc_collections_total{generation=\"0\"} "),
            Times(lines, "gen_ai_client_operation_duration_seconds"),
            Times(lines, "gen_ai_client_operation_time_to_first_chunk_seconds"),
            Times(lines, "gen_ai_client_operation_time_per_output_chunk_seconds"),
            Times(lines, "gateway_overhead_seconds"));
    }

    /// <summary>What happened between two readings.</summary>
    public static MetricsPage? operator -(MetricsPage? later, MetricsPage? earlier) => later is null || earlier is null
        ? null
        : new MetricsPage(
            later.AllocatedBytes - earlier.AllocatedBytes,
            later.Collections - earlier.Collections,
            later.Duration - earlier.Duration,
            later.FirstChunk - earlier.FirstChunk,
            later.PerChunk - earlier.PerChunk,
            later.Overhead - earlier.Overhead);

    private static ToldTimes Times(string[] lines, string name) =>
        new(Sum(lines, $"{name}_sum"), (long)Sum(lines, $"{name}_count"));

    // Of all providers.
    private static double Sum(string[] lines, string name) => lines
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}

/// <summary>The sum of a histogram and its count.</summary>
/// <param name="Seconds">All times together.</param>
/// <param name="Count">How many.</param>
internal readonly record struct ToldTimes(double Seconds, long Count)
{
    /// <summary>The mean in microseconds; null of none.</summary>
    public double? Mean => Count == 0 ? null : Seconds * 1e6 / Count;

    /// <summary>What came between.</summary>
    public static ToldTimes operator -(ToldTimes later, ToldTimes earlier) => new(later.Seconds - earlier.Seconds, later.Count - earlier.Count);
}
