using System.Globalization;
using System.Text.Json;

namespace Gateway.Host.Ledger;

/// <summary>One line of the ledger.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Provider">Who answered.</param>
/// <param name="Model">The model the client named.</param>
/// <param name="Client">The client; empty where everybody may enter.</param>
/// <param name="Tokens">Input, output, read from the prompt cache, written to it.</param>
/// <param name="CostMicroUsd">Millionths of a dollar.</param>
internal sealed record LedgerEntry(DateTimeOffset At, string Provider, string Model, string Client, long[] Tokens, long CostMicroUsd)
{
    /// <summary>Reads a line; null for one that was cut when the machine went down.</summary>
    public static LedgerEntry? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new LedgerEntry(
                DateTimeOffset.Parse(root.GetProperty("ts").GetString()!, CultureInfo.InvariantCulture),
                Text(root, "provider"),
                Text(root, "model"),
                Text(root, "client"),
                [Number(root, "input_tokens"), Number(root, "output_tokens"), Number(root, "cache_read_tokens"), Number(root, "cache_creation_tokens")],
                Number(root, "cost_micro_usd"));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>All entries from a day on.</summary>
    public static IEnumerable<LedgerEntry> Since(string directory, DateOnly first) =>
        LedgerFile.In(directory)
            .Where(file => LedgerFile.DayOf(file) >= first)
            .SelectMany(File.ReadLines)
            .Select(Parse)
            .OfType<LedgerEntry>();

    private static string Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static long Number(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
}
