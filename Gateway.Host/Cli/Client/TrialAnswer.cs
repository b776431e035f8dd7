using System.Text;
using System.Text.Json;

namespace Gateway.Host.Cli.Client;

/// <summary>What came of one tiny streamed request: events as they come, and when.</summary>
internal sealed class TrialAnswer(TimeProvider time)
{
    private const string Field = "data:";

    private readonly long _began = time.GetTimestamp();
    private readonly StringBuilder _input = new();

    /// <summary>When the first content came; null if none did.</summary>
    public TimeSpan? First { get; private set; }

    /// <summary>When the last event came.</summary>
    public TimeSpan Last { get; private set; }

    /// <summary>The provider's own count of what it said.</summary>
    public int OutputTokens { get; private set; }

    /// <summary>The stream came to its proper end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The error that came in the midst of it; null for none.</summary>
    public string? Error { get; private set; }

    /// <summary>The tool was called, with arguments that are JSON.</summary>
    public bool HasCall => _input.Length > 0 && IsJson(_input.ToString());

    /// <summary>Reads it to its end.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken cancel)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith(Field, StringComparison.Ordinal) && IsJson(line[Field.Length..]))
            {
                using var json = JsonDocument.Parse(line[Field.Length..]);
                Note(json.RootElement);
                Last = time.GetElapsedTime(_began);
            }
        }
    }

    private void Note(JsonElement said)
    {
        switch (said.TryGetProperty("type", out var type) ? type.GetString() : null)
        {
            case "content_block_delta":
                First ??= time.GetElapsedTime(_began);
                _input.Append(said.GetProperty("delta").TryGetProperty("partial_json", out var piece) ? piece.GetString() : "");
                break;
            case "message_delta" when said.TryGetProperty("usage", out var usage) && usage.TryGetProperty("output_tokens", out var tokens):
                OutputTokens = tokens.GetInt32();
                break;
            case "message_stop":
                IsComplete = true;
                break;
            case "error":
                Error = said.GetProperty("error").GetProperty("message").GetString();
                break;
            default:
                break;
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
