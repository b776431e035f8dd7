using System.Globalization;
using System.Text.Json;
using Gateway.Core.Schema;
using Gateway.Host.Bench;

namespace Gateway.Host.Cli.Output;

/// <summary>The results for people and for machines. Times are medians in ms, but for the longest gap.</summary>
internal static class BenchTable
{
    /// <summary>A row for each provider, and below the table what went wrong most often.</summary>
    public static string Text(IReadOnlyList<BenchResult> results, bool hasColour)
    {
        var table = new TextTable("PROVIDER", "MODEL", "WHOLE", "CONNECT", "TLS", "FIRST BYTE", "FIRST CONTENT", "TOKENS/S", "LONGEST GAP", "GATEWAY", "TOOL CALLS", "COST USD");
        foreach (var result in results)
        {
            var isWhole = result.Whole.Count == result.Answers.Count;
            var isRight = result.CallsRight == result.CallsAsked;
            table.Add(
                result.Provider,
                result.Model,
                new Cell($"{result.Whole.Count}/{result.Answers.Count}", isWhole ? Ink.Green : Ink.Red),
                Number(result.Handshake.ConnectMs, "0.0"),
                Number(result.Handshake.TlsMs, "0.0"),
                Number(result.Median(answer => answer.FirstByteMs), "0"),
                Number(result.Median(answer => answer.FirstContentMs), "0"),
                Number(result.Median(answer => answer.TokensPerSecond), "0"),
                Number(result.Largest(answer => answer.LongestGapMs), "0"),
                Number(result.Median(answer => answer.GatewayMs), "0.000"),
                new Cell($"{result.CallsRight}/{result.CallsAsked}", isRight ? Ink.Green : Ink.Red),
                result.CostMicroUsd is { } cost ? (cost / 1_000_000m).ToString("0.0000", CultureInfo.InvariantCulture) : "unknown");
        }

        return table.Text(hasColour) + string.Concat(results.Where(result => result.CommonestError is not null).Select(Failures));
    }

    private static string Failures(BenchResult result) =>
        $"{result.Provider}: {result.Answers.Count - result.Whole.Count} of {result.Answers.Count} failed, most often: {result.CommonestError}\n";

    /// <summary>The same as JSON.</summary>
    public static string Json(IEnumerable<BenchResult> results) => JsonLayout.Indented(json =>
    {
        json.WriteStartArray();
        foreach (var result in results)
        {
            Write(json, result);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, BenchResult result)
    {
        json.WriteStartObject();
        json.WriteString("provider"u8, result.Provider);
        json.WriteString("model"u8, result.Model);
        json.WriteNumber("requests"u8, result.Answers.Count);
        json.WriteNumber("whole"u8, result.Whole.Count);
        Write(json, "connect_ms", result.Handshake.ConnectMs);
        Write(json, "tls_ms", result.Handshake.TlsMs);
        Write(json, "first_byte_ms", result.Median(answer => answer.FirstByteMs));
        Write(json, "first_content_ms", result.Median(answer => answer.FirstContentMs));
        Write(json, "tokens_per_second", result.Median(answer => answer.TokensPerSecond));
        Write(json, "longest_gap_ms", result.Largest(answer => answer.LongestGapMs));
        Write(json, "gateway_ms", result.Median(answer => answer.GatewayMs));
        json.WriteNumber("tool_calls_asked"u8, result.CallsAsked);
        json.WriteNumber("tool_calls_right"u8, result.CallsRight);
        Write(json, "cost_micro_usd", result.CostMicroUsd);
        json.WriteString("error"u8, result.CommonestError);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
