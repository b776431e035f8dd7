namespace Gateway.Core.Health;

/// <summary>What is known of one provider for each model asked for. Thread-safe; finding it takes no lock and allocates nothing.</summary>
public sealed class PerModel<TValue>
    where TValue : class, new()
{
    // Names come from clients: beyond this many, models share.
    private const int Slots = 64;

    // A struct around each, since an array of references checks the type of what is taken by reference.
    private readonly Place[] _places = new Place[Slots];

    /// <summary>What is known for a model, by the hash of its name.</summary>
    public TValue For(ulong model)
    {
        for (var i = 0; i < Slots; i++)
        {
            ref var place = ref _places[(int)((model + (ulong)i) % Slots)];
            var found = Volatile.Read(ref place.Slot) ?? Add(ref place.Slot, model);
            if (found.Model == model)
            {
                return found.Value;
            }
        }

        return _places[(int)(model % Slots)].Slot!.Value;
    }

    /// <summary>All that were asked for.</summary>
    public IEnumerable<TValue> All
    {
        get
        {
            foreach (var place in _places)
            {
                if (place.Slot is { } slot)
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

    private struct Place
    {
        public Slot? Slot;
    }

    private sealed record Slot(ulong Model, TValue Value);
}
