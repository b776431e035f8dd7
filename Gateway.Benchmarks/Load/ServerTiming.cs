using System.Buffers.Text;
using Gateway.Http.Wire;

namespace Gateway.Benchmarks.Load;

/// <summary>The times that an answer's head tells (W3C Server Timing).</summary>
internal static class ServerTiming
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>What the head tells.</summary>
    public static ToldTiming Of(HeaderTable fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields.Name(i).SequenceEqual("server-timing"u8))
            {
                return new ToldTiming(Sum(fields.Value(i)), Of(fields.Value(i), "provider;"u8));
            }
        }

        return ToldTiming.None;
    }

    /// <summary>The duration of that name in nanoseconds, 0 without one.</summary>
    internal static long Of(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name)
    {
        var at = value.IndexOf(name);
        value = at < 0 ? default : value[at..];
        return Sum(value[..(value.IndexOf((byte)',') is var end and >= 0 ? end : value.Length)]);
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

/// <summary>What an answer's head tells of its times, in nanoseconds; -1 if it tells none.</summary>
/// <param name="Sum">All durations together.</param>
/// <param name="Provider">That of the provider.</param>
internal readonly record struct ToldTiming(long Sum, long Provider)
{
    /// <summary>Of a head that tells none.</summary>
    public static ToldTiming None { get; } = new(-1, -1);
}
