using System.Text.Json;

namespace Gateway.Benchmarks.Replay;

/// <summary>One message of a capture: sizes and times of <c>claude_gateway.capture</c>.</summary>
/// <param name="AtMicroseconds">When it was asked for, on the wall clock.</param>
/// <param name="RequestBytes">Body of the request.</param>
/// <param name="IsStream">Whether events were asked for.</param>
/// <param name="Pieces">The answer's pieces.</param>
internal sealed record RecordedExchange(long AtMicroseconds, int RequestBytes, bool IsStream, IReadOnlyList<RecordedPiece> Pieces)
{
    private const long MostBytes = 64L * 1024 * 1024;
    private const long LongestGap = 86_400L * 1_000_000;
    private const long LastInstant = 10_000_000_000L * 1_000_000;

    /// <summary>From the request to the answer's last piece.</summary>
    public long Microseconds => Pieces.Sum(static piece => piece.GapMicroseconds);

    /// <summary>The answer without its framing.</summary>
    public int AnswerBytes => Pieces.Sum(static piece => piece.Bytes);

    /// <summary>Reads a line; null for one that tells of no whole answer, or of none that a provider gave.</summary>
    /// <exception cref="JsonException">It is no line of a capture.</exception>
    public static RecordedExchange? Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("pieces", out var written) || !root.TryGetProperty("at_us", out var at))
        {
            throw new JsonException("a line of a capture has at_us and pieces");
        }

        long[] numbers = [.. written.EnumerateArray().Select(static number => number.GetInt64())];
        var pieces = numbers.Chunk(2).Where(static pair => pair.Length == 2)
            .Select(static pair => new RecordedPiece(Within("pieces (microseconds)", pair[0], LongestGap), (int)Within("pieces (bytes)", pair[1], MostBytes))).ToArray();
        _ = Within("pieces (bytes of all)", pieces.Sum(static piece => (long)piece.Bytes), MostBytes);
        return root.GetProperty("status").GetInt32() != 200 || pieces.Length == 0
            ? null
            : new RecordedExchange(
                Within("at_us", at.GetInt64(), LastInstant), (int)Within("request_bytes", root.GetProperty("request_bytes").GetInt64(), MostBytes), root.GetProperty("stream").GetBoolean(), pieces);
    }

    private static long Within(string name, long value, long most) =>
        value >= 0 && value <= most ? value : throw new JsonException($"{name} is {value}, and 0 to {most} is expected");
}

/// <summary>A piece of a recorded answer.</summary>
/// <param name="GapMicroseconds">Since the one before it, or since the request.</param>
/// <param name="Bytes">How long it was.</param>
internal readonly record struct RecordedPiece(long GapMicroseconds, int Bytes);
