using System.Globalization;

namespace Gateway.Benchmarks.Results;

/// <summary>Where the load generator or the provider had no more to give: the figures are theirs and not those of what is measured.</summary>
internal static class Saturation
{
    // Of a core for each thread; the rest goes by between two turns.
    private const double Busy = 0.9;
    private const int ProviderThreads = 1;

    /// <summary>A line for each series of which that is true.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<Series> series) => [.. series.SelectMany(Of)];

    private static IEnumerable<string> Of(Series series)
    {
        if (series.Conditions is { GeneratorThreads: var threads } && series.Whole.GeneratorCores >= Busy * threads)
        {
            yield return Line(series, "the load generator", series.Whole.GeneratorCores, threads, "more --threads, or less load, tell more");
        }

        if (series.Whole.ProviderCores >= Busy * ProviderThreads)
        {
            yield return Line(series, "the scripted provider", series.Whole.ProviderCores.Value, ProviderThreads, "less load tells more");
        }
    }

    private static string Line(Series series, string who, double cores, int threads, string remedy) => string.Create(
        CultureInfo.InvariantCulture,
        $"{series.Workload}, {series.Pace}, {series.Side}: {who} was at its limit ({cores:0.00} cores for {threads} {(threads == 1 ? "thread" : "threads")}); {remedy}.");
}
