namespace Gateway.Benchmarks.Load;

/// <summary>When requests are to be sent at a fixed rate, whether or not the answers keep up.</summary>
/// <param name="Start">Instant of the first, in nanoseconds.</param>
/// <param name="Interval">Nanoseconds from one to the next.</param>
internal readonly record struct ArrivalSchedule(long Start, double Interval) : IArrivalSchedule
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>One of <paramref name="parts"/> that share a rate and take turns.</summary>
    public static ArrivalSchedule Part(long start, double rate, int part, int parts) =>
        new(start + (long)(NanosecondsPerSecond / rate * part), NanosecondsPerSecond / rate * parts);

    /// <summary>The first instant from now on from which a rate meets the window's beginning: a round always has the same number of requests.</summary>
    public static long StartBefore(Window window, double rate, long now)
    {
        var interval = NanosecondsPerSecond / rate;
        return window.From - (long)(Math.Max(0, Math.Floor((window.From - now) / interval)) * interval);
    }

    /// <inheritdoc/>
    public long InstantOf(long number) => Start + (long)(number * Interval);

    /// <inheritdoc/>
    public long FirstAfter(long instant)
    {
        var number = instant < Start ? 0 : (long)((instant - Start) / Interval);
        while (InstantOf(number) <= instant)
        {
            number++;
        }

        return number;
    }
}
