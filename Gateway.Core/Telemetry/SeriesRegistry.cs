namespace Gateway.Core.Telemetry;

/// <summary>Gives each set of labels a slot, as long as there are any; all others share slot 0, "other". Thread-safe; finding takes no lock.</summary>
/// <remarks>Labels come from requests, and requests may be hostile: what is bounded here is what a scrape can cost.</remarks>
/// <typeparam name="TLabels">The labels, as they are shown.</typeparam>
/// <param name="capacity">Slots, "other" included.</param>
/// <param name="other">The labels of slot 0.</param>
public sealed class SeriesRegistry<TLabels>(int capacity, TLabels other)
{
    private readonly Lock _adding = new();
    private Dictionary<ulong, int> _slots = [];
    private TLabels[] _labels = [other];
    private long _overflows;

    /// <summary>Labels by slot.</summary>
    public IReadOnlyList<TLabels> Labels => Volatile.Read(ref _labels);

    /// <summary>Slots there can be.</summary>
    public int Capacity => capacity;

    /// <summary>How often there was no slot left.</summary>
    public long Overflows => Volatile.Read(ref _overflows);

    /// <summary>The slot of a key; -1 if it has none yet. Allocates nothing.</summary>
    public int Find(ulong key) => Volatile.Read(ref _slots).TryGetValue(key, out var slot) ? slot : -1;

    /// <summary>Gives the key a slot, or 0 if none is left.</summary>
    public int Add(ulong key, TLabels labels)
    {
        lock (_adding)
        {
            if (_slots.TryGetValue(key, out var known))
            {
                return known;
            }

            if (_labels.Length == capacity)
            {
                Interlocked.Increment(ref _overflows);
                return 0;
            }

            // Readers hold the old ones: nothing that can be seen is changed.
            var slot = _labels.Length;
            Volatile.Write(ref _labels, [.. _labels, labels]);
            Volatile.Write(ref _slots, new Dictionary<ulong, int>(_slots) { [key] = slot });
            return slot;
        }
    }
}
