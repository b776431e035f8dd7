using System.Text.Json;

namespace Gateway.Benchmarks.Replay;

/// <summary>Captured traffic, to be played again: as fast as it was, or up to a hundred times as fast.</summary>
internal sealed class Recording
{
    /// <summary>The fastest.</summary>
    public const double MostSpeed = 100;

    private const double MicrosecondsPerSecond = 1e6;
    private const long NanosecondsPerMicrosecond = 1_000;

    // A recording of one exchange has no length of its own.
    private const double LeastSeconds = 0.1;

    private Recording(string file, IReadOnlyList<RecordedExchange> exchanges, double speed, int leftOut) =>
        (File, Exchanges, Speed, LeftOut) = (file, exchanges, speed, leftOut);

    /// <summary>Where it stands.</summary>
    public string File { get; }

    /// <summary>The exchanges, by the time they were asked for.</summary>
    public IReadOnlyList<RecordedExchange> Exchanges { get; }

    /// <summary>How many times as fast.</summary>
    public double Speed { get; }

    /// <summary>Lines that tell of no whole answer.</summary>
    public int LeftOut { get; }

    /// <summary>From the first request to the last, as it is played.</summary>
    public double Seconds => Math.Max(LeastSeconds, (Exchanges[^1].AtMicroseconds - Exchanges[0].AtMicroseconds) / MicrosecondsPerSecond / Speed);

    /// <summary>The longest answer, as it is played.</summary>
    public double LongestAnswerSeconds => Exchanges.Max(static exchange => exchange.Microseconds) / MicrosecondsPerSecond / Speed;

    /// <summary>Requests a second on average.</summary>
    public double Rate => Exchanges.Count / Seconds;

    /// <summary>Reads a capture.</summary>
    /// <exception cref="InvalidDataException">It is none, or there is nothing in it to be played.</exception>
    public static Recording Load(string file, double speed)
    {
        var exchanges = new List<RecordedExchange>();
        var lines = 0;
        foreach (var line in System.IO.File.ReadLines(file))
        {
            lines++;
            try
            {
                if (RecordedExchange.Parse(line) is { } exchange)
                {
                    exchanges.Add(exchange);
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new InvalidDataException($"{file}:{lines} is no line of a capture: {exception.Message}", exception);
            }
        }

        return exchanges.Count > 0
            ? new Recording(file, [.. exchanges.OrderBy(static exchange => exchange.AtMicroseconds)], speed, lines - exchanges.Count)
            : throw new InvalidDataException($"{file} has no exchange that ended well");
    }

    /// <summary>When the exchange of that number is asked for, nanoseconds after the first.</summary>
    public long OffsetOf(int number) =>
        (long)((Exchanges[number].AtMicroseconds - Exchanges[0].AtMicroseconds) * NanosecondsPerMicrosecond / Speed);

    /// <summary>A recorded time as it is played, in nanoseconds.</summary>
    public long Played(long microseconds) => (long)(microseconds * NanosecondsPerMicrosecond / Speed);
}
