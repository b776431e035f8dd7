using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Core.Telemetry;

namespace Gateway.Host.Bench;

/// <summary>What came of one streamed request: when its events came, what it called, what it used.</summary>
internal sealed class TimedAnswer(TimeProvider time)
{
    private const string Field = "data:";

    private readonly long _began = time.GetTimestamp();
    private readonly StringBuilder _input = new();
    private double _last;

    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Error { get; set; }

    /// <summary>Time until the first event, ms.</summary>
    public double? FirstEventMs { get; private set; }

    /// <summary>Time until the first content, ms.</summary>
    public double? FirstContentMs { get; private set; }

    /// <summary>Time until the end, ms.</summary>
    public double TotalMs { get; private set; }

    /// <summary>Longest silence between two events, ms.</summary>
    public double LongestGapMs { get; private set; }

    /// <summary>Tokens by the provider's own count.</summary>
    public Usage Usage { get; private set; } = new() { InputTokens = 0, OutputTokens = 0, CacheReadInputTokens = 0, CacheCreationInputTokens = 0 };

    /// <summary>It came to its proper end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Of the gateway's own account (server-timing), ms: the way to the provider, and what the gateway added.</summary>
    public (double Connect, double Gateway) Timing { get; set; }

    /// <summary>A tool was called, with arguments that are JSON.</summary>
    public bool HasCall => TryParse(_input.ToString(), out _);

    /// <summary>The tool was called as it was asked for.</summary>
    public bool IsRightCall => TryParse(_input.ToString(), out var json)
        && json.TryGetProperty(BenchRequest.Member, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() == BenchRequest.Value;

    /// <summary>Output tokens a second, from the first content on; null where that is too short to tell.</summary>
    public double? TokensPerSecond => FirstContentMs is { } first && TotalMs - first >= 1 && Usage.OutputTokens > 1
        ? Usage.OutputTokens / ((TotalMs - first) / 1000)
        : null;

    /// <summary>Reads a stream to its end.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken cancel)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith(Field, StringComparison.Ordinal) && TryParse(line[Field.Length..], out var said))
            {
                Note(said, time.GetElapsedTime(_began).TotalMilliseconds);
            }
        }
    }

    /// <summary>A duration of a server-timing field, ms (W3C Server Timing); 0 if it is not there.</summary>
    public static double DurationIn(string? field, string name)
    {
        var mark = $"{name};dur=";
        var part = field?.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(part => part.StartsWith(mark, StringComparison.Ordinal));
        return double.TryParse(part?[mark.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var duration) ? duration : 0;
    }

    private void Note(JsonElement said, double at)
    {
        LongestGapMs = FirstEventMs is null ? 0 : Math.Max(LongestGapMs, at - _last);
        FirstEventMs ??= at;
        (_last, TotalMs) = (at, at);
        switch (said.TryGetProperty("type", out var type) ? type.GetString() : null)
        {
            case "message_start" when said.TryGetProperty("message", out var message):
                NoteUsage(message);
                break;
            case "content_block_delta":
                FirstContentMs ??= at;
                _input.Append(said.GetProperty("delta").TryGetProperty("partial_json", out var piece) ? piece.GetString() : "");
                break;
            case "message_delta":
                NoteUsage(said);
                break;
            case "message_stop":
                IsWhole = true;
                break;
            case "error":
                Error = said.GetProperty("error").GetProperty("message").GetString();
                break;
            default:
                break;
        }
    }

    // What a later event says goes over what an earlier one said.
    private void NoteUsage(JsonElement holder)
    {
        if (!holder.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        Usage = new Usage
        {
            InputTokens = Number(usage, "input_tokens", Usage.InputTokens),
            OutputTokens = Number(usage, "output_tokens", Usage.OutputTokens),
            CacheReadInputTokens = Number(usage, "cache_read_input_tokens", Usage.CacheReadInputTokens),
            CacheCreationInputTokens = Number(usage, "cache_creation_input_tokens", Usage.CacheCreationInputTokens),
        };
    }

    private static long Number(JsonElement usage, string name, long before) =>
        usage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : before;

    private static bool TryParse(string text, out JsonElement json)
    {
        try
        {
            json = JsonElement.Parse(text);
            return json.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            json = default;
            return false;
        }
    }
}
