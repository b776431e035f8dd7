namespace Gateway.Core.Telemetry;

/// <summary>Counters for what happens seldom, by name and labels. Thread-safe; bounded.</summary>
public sealed class RareCounts
{
    private const int Most = 192;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string Labels), long> _counts = [];
    private long _dropped;

    /// <summary>Adds to a counter.</summary>
    /// <param name="name">Name of the metric.</param>
    /// <param name="labels">As Prometheus writes them, without braces: configured names and fixed words only.</param>
    /// <param name="amount">How much.</param>
    public void Add(string name, string labels, long amount = 1)
    {
        lock (_lock)
        {
            if (_counts.TryGetValue((name, labels), out var count) || _counts.Count < Most)
            {
                _counts[(name, labels)] = count + amount;
            }
            else
            {
                _dropped++;
            }
        }
    }

    /// <summary>All counters by name and labels, and how often there was no room for one.</summary>
    public (IReadOnlyList<(string Name, string Labels, long Count)> Counts, long Dropped) Read()
    {
        lock (_lock)
        {
            return ([.. _counts.Select(entry => (entry.Key.Name, entry.Key.Labels, entry.Value)).Order()], _dropped);
        }
    }
}
