namespace Gateway.Core.Health;

/// <summary>What is known of one provider for each model asked for. Thread-safe; finding it takes no lock and allocates nothing.</summary>
public sealed class PerModel<TValue>
    where TValue : class, new()
{
    // Names come from clients: beyond this many, models share.
    private const int Slots = 64;

    private readonly Slot?[] _slots = new Slot?[Slots];

    /// <summary>What is known for a model, by the hash of its name.</summary>
    public TValue For(ulong model)
    {
        for (var i = 0; i < Slots; i++)
        {
            ref var slot = ref _slots[(int)((model + (ulong)i) % Slots)];
            var found = Volatile.Read(ref slot) ?? Add(ref slot, model);
            if (found.Model == model)
            {
                return found.Value;
            }
        }

        return _slots[(int)(model % Slots)]!.Value;
    }

    /// <summary>All that were asked for.</summary>
    public IEnumerable<TValue> All
    {
        get
        {
            foreach (var slot in _slots)
            {
                if (slot is not null)
                {
                    yield return slot.Value;
                }
            }
        }
    }

    private static Slot Add(ref Slot? slot, ulong model)
    {
        var made = new Slot(model, new TValue());
        return Interlocked.CompareExchange(ref slot, made, null) ?? made;
    }

    private sealed record Slot(ulong Model, TValue Value);
}
