using System.Globalization;

namespace Gateway.Benchmarks.Processes;

/// <summary>What a gateway says of its managed heap on its metrics page.</summary>
/// <param name="AllocatedBytes">Bytes allocated so far.</param>
/// <param name="Collections">Garbage collections so far, each counted once.</param>
internal sealed record HeapMetrics(long AllocatedBytes, long Collections)
{
    private static readonly HttpClient Client = new();

    /// <summary>Reads the page; null if there is none.</summary>
    public static HeapMetrics? Read(Uri? page)
    {
        if (page is null)
        {
            return null;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        using var response = Client.Send(request);
        using var text = new StreamReader(response.Content.ReadAsStream());
        var lines = text.ReadToEnd().Split('\n');
        return new HeapMetrics(Value(lines, "dotnet_gc_allocated_bytes_total "), Value(lines, "dotnet_gc_collections_total{generation=\"0\"} "));
    }

    /// <summary>What happened between two readings.</summary>
    public static HeapMetrics? operator -(HeapMetrics? later, HeapMetrics? earlier) => later is null || earlier is null
        ? null
        : new HeapMetrics(later.AllocatedBytes - earlier.AllocatedBytes, later.Collections - earlier.Collections);

    private static long Value(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? (long)double.Parse(line[name.Length..], CultureInfo.InvariantCulture)
            : 0;
}
