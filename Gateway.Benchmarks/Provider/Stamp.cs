using System.Buffers.Text;
using System.Diagnostics;

namespace Gateway.Benchmarks.Provider;

/// <summary>The time an event was sent, inside its text: <c>@</c>, nanoseconds of the monotonic clock in 20 digits, <c>@</c>.</summary>
/// <remarks>The clock is one for all processes of a machine (CLOCK_MONOTONIC), so sender and receiver can be subtracted.</remarks>
internal static class Stamp
{
    /// <summary>Begins and ends a stamp; stands nowhere else in what the scripted provider says.</summary>
    public const byte Mark = (byte)'@';

    /// <summary>Bytes of a stamp.</summary>
    public const int Length = Digits + 2;

    /// <summary>Digits between the marks.</summary>
    public const int Digits = 20;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds of the monotonic clock.</summary>
    public static long Now() => Stopwatch.Frequency == NanosecondsPerSecond
        ? Stopwatch.GetTimestamp()
        : (long)(Stopwatch.GetTimestamp() * ((double)NanosecondsPerSecond / Stopwatch.Frequency));

    /// <summary>Writes a stamp.</summary>
    public static void Write(Span<byte> target, long nanoseconds)
    {
        target[0] = target[Length - 1] = Mark;
        _ = Utf8Formatter.TryFormat(nanoseconds, target.Slice(1, Digits), out _, new System.Buffers.StandardFormat('D', Digits));
    }
}
