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
    private readonly ToolCalls _calls = new();
    private double? _last;

    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Error { get; set; }

    /// <summary>Time until the answer's head, ms.</summary>
    public double? FirstByteMs { get; private set; }

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

    /// <summary>Of the gateway's own account (server-timing), ms: what the gateway added.</summary>
    public double GatewayMs { get; private set; }

    /// <summary>A tool was called, with arguments that are JSON.</summary>
    public bool HasCall => _calls.TryGetOnly(out _, out _);

    /// <summary>The tool was called, and only it, as it was asked for.</summary>
    public bool IsRightCall => _calls.TryGetOnly(out var name, out var arguments)
        && name == BenchRequest.Tool
        && arguments.TryGetProperty(BenchRequest.Member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var sum) && sum == BenchRequest.Value;

    /// <summary>Output tokens a second, from the first content on; null where that is too short to tell.</summary>
    public double? TokensPerSecond => FirstContentMs is { } first && TotalMs - first >= 1 && Usage.OutputTokens > 1
        ? Usage.OutputTokens / ((TotalMs - first) / 1000)
        : null;

    /// <summary>The answer's head is there.</summary>
    /// <param name="timing">Its server-timing field, if it has one.</param>
    public void NoteHead(string? timing)
    {
        FirstByteMs = time.GetElapsedTime(_began).TotalMilliseconds;
        GatewayMs = DurationIn(timing, "gateway");
    }

    /// <summary>Reads a stream to its end. An event that is odd is skipped: what it should have said is missing then.</summary>
    /// <exception cref="IOException">The stream broke off.</exception>
    public async Task ReadAsync(Stream stream, CancellationToken cancel)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith(Field, StringComparison.Ordinal) && StreamedJson.TryParseObject(line[Field.Length..], out var said))
            {
                Note(said, time.GetElapsedTime(_began).TotalMilliseconds);
            }
        }

        Error ??= IsWhole ? null : "the stream ended before message_stop";
    }

    // A duration of a server-timing field, ms (W3C Server Timing); 0 if it is not there.
    private static double DurationIn(string? field, string name)
    {
        var mark = $"{name};dur=";
        var part = field?.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(part => part.StartsWith(mark, StringComparison.Ordinal));
        return double.TryParse(part?[mark.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var duration) ? duration : 0;
    }

    private void Note(JsonElement said, double at)
    {
        LongestGapMs = _last is { } last ? Math.Max(LongestGapMs, at - last) : 0;
        (_last, TotalMs) = (at, at);
        switch (said.Text("type"))
        {
            case "message_start":
                NoteUsage(said.Object("message").Object("usage"));
                break;
            case "content_block_start" when said.Object("content_block") is var block && block.Text("type") == "tool_use":
                _calls.Begin(said.Whole("index", 0), block.Text("name"));
                break;
            case "content_block_delta":
                FirstContentMs ??= at;
                _calls.Append(said.Whole("index", 0), said.Object("delta").Text("partial_json"));
                break;
            case "message_delta":
                NoteUsage(said.Object("usage"));
                break;
            case "message_stop":
                IsWhole = true;
                break;
            case "error":
                Error = said.Object("error").Text("message") ?? "an error that says nothing";
                break;
            default:
                break;
        }
    }

    // What a later event says goes over what an earlier one said.
    private void NoteUsage(JsonElement usage) => Usage = new Usage
    {
        InputTokens = usage.Whole("input_tokens", Usage.InputTokens),
        OutputTokens = usage.Whole("output_tokens", Usage.OutputTokens),
        CacheReadInputTokens = usage.Whole("cache_read_input_tokens", Usage.CacheReadInputTokens),
        CacheCreationInputTokens = usage.Whole("cache_creation_input_tokens", Usage.CacheCreationInputTokens),
    };
}
