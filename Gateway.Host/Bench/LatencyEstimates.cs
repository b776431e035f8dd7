using System.Text.Json;
using Gateway.Core.Schema;
using Gateway.Core.Snapshot;

namespace Gateway.Host.Bench;

/// <summary>What a bench has found about each provider's first content, for the policies that go by latency until they have seen enough themselves.</summary>
internal static class LatencyEstimates
{
    private const string FileName = "estimates.json";

    /// <summary>Writes what was found over what was known before.</summary>
    /// <param name="directory">Where state is kept.</param>
    /// <param name="results">What was found.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be written.</exception>
    public static void Save(string directory, IEnumerable<BenchResult> results)
    {
        var estimates = Read(directory);
        foreach (var result in results)
        {
            if (result.Median(answer => answer.FirstContentMs) is { } first)
            {
                estimates[result.Provider] = Math.Round(first, 1);
            }
        }

        var path = Path.Combine(directory, FileName);
        Directory.CreateDirectory(directory);
        File.WriteAllText(path + ".new", JsonLayout.Indented(json =>
        {
            json.WriteStartObject();
            foreach (var (provider, milliseconds) in estimates)
            {
                json.WriteNumber(provider, milliseconds);
            }

            json.WriteEndObject();
        }));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Gives each provider that has not answered yet what was found about it.</summary>
    public static void Apply(string directory, GatewaySnapshot snapshot, long nowMs)
    {
        var estimates = Read(directory);
        foreach (var provider in snapshot.Providers)
        {
            if (estimates.TryGetValue(provider.Name, out var milliseconds))
            {
                provider.State.FirstContent.Expect(milliseconds, nowMs);
            }
        }
    }

    // A file that is not there, or not ours any more, holds nothing worth a failure.
    private static Dictionary<string, double> Read(string directory)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, FileName)));
            return json.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetDouble());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return [];
        }
    }
}
