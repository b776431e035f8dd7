using HdrHistogram;

namespace Gateway.Benchmarks.Load;

/// <summary>Times by the part of the window in which they ended: whether a delay grows, or comes in waves.</summary>
/// <param name="window">The window; times that ended outside it are not taken.</param>
internal sealed class Timeline(Window window)
{
    /// <summary>Parts of a window.</summary>
    public const int Parts = 20;

    private const long LongestNanoseconds = 3_600L * 1_000_000_000;
    private const int Digits = 2;

    private readonly LongHistogram?[] _parts = new LongHistogram?[Parts];

    /// <summary>The times of a part; null for none.</summary>
    public LongHistogram? this[int part] => _parts[part];

    /// <summary>Takes a time.</summary>
    /// <param name="end">When it ended.</param>
    /// <param name="nanoseconds">How long it was.</param>
    public void Add(long end, long nanoseconds)
    {
        if (window.Contains(end))
        {
            var part = (end - window.From) * Parts / (window.Until - window.From);
            (_parts[part] ??= new LongHistogram(LongestNanoseconds, Digits)).RecordValue(Math.Clamp(nanoseconds, 0, LongestNanoseconds));
        }
    }

    /// <summary>Adds what another of the same window has taken.</summary>
    public void Add(Timeline other)
    {
        for (var i = 0; i < Parts; i++)
        {
            if (other._parts[i] is { } more)
            {
                (_parts[i] ??= new LongHistogram(LongestNanoseconds, Digits)).Add(more);
            }
        }
    }
}
