using Gateway.Benchmarks.Load;

namespace Gateway.Benchmarks.Replay;

/// <summary>When the requests of a recording are to be sent: of some that share it and take turns, one.</summary>
internal sealed class RecordedSchedule(Recording recording, long start, int part, int parts) : IArrivalSchedule
{
    /// <inheritdoc/>
    public long InstantOf(long number)
    {
        var index = (number * parts) + part;
        return index < recording.Exchanges.Count ? start + recording.OffsetOf((int)index) : long.MaxValue;
    }

    /// <inheritdoc/>
    public long FirstAfter(long instant)
    {
        var (low, high) = (0L, (long)recording.Exchanges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = InstantOf(middle) <= instant ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
