using System.Security.Cryptography;
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

    private readonly string _digest;

    private Recording(string file, IReadOnlyList<RecordedExchange> exchanges, double speed, string digest) =>
        (File, Exchanges, Speed, _digest) = (file, exchanges, speed, digest);

    /// <summary>Where it stands.</summary>
    public string File { get; }

    /// <summary>The exchanges, by the time they were asked for.</summary>
    public IReadOnlyList<RecordedExchange> Exchanges { get; }

    /// <summary>How many times as fast.</summary>
    public double Speed { get; }

    /// <summary>Lines that tell of no whole answer.</summary>
    public int LeftOut { get; private init; }

    /// <summary>The last line was still being written, and is left out, too.</summary>
    public bool IsCut { get; private init; }

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
        InvalidDataException? odd = null;
        foreach (var line in System.IO.File.ReadLines(file))
        {
            lines++;
            if (odd is not null)
            {
                throw odd;
            }

            try
            {
                if (RecordedExchange.Parse(line) is { } exchange)
                {
                    exchanges.Add(exchange);
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                odd = new InvalidDataException($"{file}:{lines} is no line of a capture: {exception.Message}", exception);
            }
        }

        var (endsInLine, digest) = LookAt(file);
        if (odd is not null && endsInLine)
        {
            throw odd;
        }

        // One that is being written is neither whole nor wrong.
        var whole = odd is null ? lines : lines - 1;
        return exchanges.Count > 0
            ? new Recording(file, [.. exchanges.OrderBy(static exchange => exchange.AtMicroseconds)], speed, digest) { LeftOut = whole - exchanges.Count, IsCut = odd is not null }
            : throw new InvalidDataException($"{file} has no exchange that ended well");
    }

    /// <summary>What is played, in words: another file, or another speed, is something else.</summary>
    public override string ToString() => FormattableString.Invariant($"--replay of {Exchanges.Count} exchanges ({_digest}), --speed {Speed}");

    /// <summary>When the exchange of that number is asked for, nanoseconds after the first.</summary>
    public long OffsetOf(int number) =>
        (long)((Exchanges[number].AtMicroseconds - Exchanges[0].AtMicroseconds) * NanosecondsPerMicrosecond / Speed);

    // Whether it ends with a whole line, and what tells it from another.
    private static (bool EndsInLine, string Digest) LookAt(string file)
    {
        using var stream = System.IO.File.OpenRead(file);
        var digest = Convert.ToHexStringLower(SHA256.HashData(stream))[..8];
        stream.Seek(Math.Max(0, stream.Length - 1), SeekOrigin.Begin);
        return (stream.ReadByte() is '\n' or -1, digest);
    }

    /// <summary>A recorded time as it is played, in nanoseconds.</summary>
    public long Played(long microseconds) => (long)(microseconds * NanosecondsPerMicrosecond / Speed);
}
