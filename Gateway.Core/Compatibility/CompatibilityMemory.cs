namespace Gateway.Core.Compatibility;

/// <summary>What a provider was found not to know, by model; forgotten after a day, for providers learn too. Thread-safe.</summary>
public sealed class CompatibilityMemory
{
    private const int MostModels = 64;
    private const int MostNames = 16;
    private const long LifeMs = 24L * 3600 * 1000;

    private readonly Lock _learning = new();
    private Dictionary<ulong, (LearnedDrops Drops, long Until)> _byModel = [];

    /// <summary>What to leave out for a model; null for nothing. Allocates nothing.</summary>
    public LearnedDrops? Find(ulong model, long nowMs)
    {
        var known = Volatile.Read(ref _byModel);
        return known.Count > 0 && known.TryGetValue(model, out var entry) && nowMs < entry.Until ? entry.Drops : null;
    }

    /// <summary>Nothing was learned yet.</summary>
    public bool IsEmpty => Volatile.Read(ref _byModel).Count == 0;

    /// <summary>All that is known now, with the time it is forgotten, ms.</summary>
    public IEnumerable<(LearnedDrops Drops, long Until)> All => Volatile.Read(ref _byModel).Values;

    /// <summary>Learns a name; false if it was known, and so leaving it out did not help.</summary>
    public bool Learn(ulong model, UnknownName name, long nowMs)
    {
        lock (_learning)
        {
            var known = (Find(model, nowMs) ?? new LearnedDrops([])).With(name);
            if (known is null || known.Names.Count > MostNames || (_byModel.Count >= MostModels && !_byModel.ContainsKey(model)))
            {
                return false;
            }

            Volatile.Write(ref _byModel, new Dictionary<ulong, (LearnedDrops Drops, long Until)>(_byModel) { [model] = (known, nowMs + LifeMs) });
            return true;
        }
    }
}
