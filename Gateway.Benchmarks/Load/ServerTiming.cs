using System.Buffers.Text;
using Gateway.Http.Wire;

namespace Gateway.Benchmarks.Load;

/// <summary>The times that an answer's head tells (W3C Server Timing).</summary>
internal static class ServerTiming
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>All durations together in nanoseconds; -1 if the head tells none.</summary>
    public static long SumOf(HeaderTable fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields.Name(i).SequenceEqual("server-timing"u8))
            {
                return Sum(fields.Value(i));
            }
        }

        return -1;
    }

    /// <summary>All durations of a field's value together in nanoseconds; what has none counts nothing.</summary>
    internal static long Sum(ReadOnlySpan<byte> value)
    {
        var sum = 0.0;
        for (var at = value.IndexOf("dur="u8); at >= 0; at = value.IndexOf("dur="u8))
        {
            value = value[(at + 4)..];
            _ = Utf8Parser.TryParse(value, out double milliseconds, out _);
            sum += milliseconds;
        }

        return (long)Math.Round(sum * NanosecondsPerMillisecond);
    }
}
