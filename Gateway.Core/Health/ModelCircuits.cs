namespace Gateway.Core.Health;

/// <summary>The circuits of one provider, one for each model asked for. Thread-safe; finding one takes no lock and allocates nothing.</summary>
public sealed class ModelCircuits
{
    // Names come from clients: beyond this many, models share circuits.
    private const int Slots = 64;

    private readonly Slot?[] _slots = new Slot?[Slots];

    /// <summary>The circuit of a model, by the hash of its name.</summary>
    public CircuitBreaker For(ulong model)
    {
        for (var i = 0; i < Slots; i++)
        {
            ref var slot = ref _slots[(int)((model + (ulong)i) % Slots)];
            var found = Volatile.Read(ref slot) ?? Add(ref slot, model);
            if (found.Model == model)
            {
                return found.Circuit;
            }
        }

        return _slots[(int)(model % Slots)]!.Circuit;
    }

    /// <summary>All that were asked for.</summary>
    public IEnumerable<CircuitBreaker> All
    {
        get
        {
            foreach (var slot in _slots)
            {
                if (slot is not null)
                {
                    yield return slot.Circuit;
                }
            }
        }
    }

    private static Slot Add(ref Slot? slot, ulong model)
    {
        var made = new Slot(model, new CircuitBreaker());
        return Interlocked.CompareExchange(ref slot, made, null) ?? made;
    }

    private sealed record Slot(ulong Model, CircuitBreaker Circuit);
}
