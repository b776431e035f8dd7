namespace Gateway.Core.Compatibility;

/// <summary>Which provider signed which block of thinking. Bounded: an old entry may be overwritten, and then the block passes for one of nobody's.</summary>
/// <remarks>Thread-safe and lock-free: an entry is one word, the signature's hash and sixteen bits of its provider's.</remarks>
public sealed class SignatureMemory
{
    private const int Slots = 65_536;
    private const ulong TagMask = 0xFFFF;

    private readonly ulong[] _entries = new ulong[Slots];
    private long _firstSigner;
    private bool _hasSeveral;

    /// <summary>Somebody else than the provider has signed something.</summary>
    /// <param name="provider">Hash of the provider's name.</param>
    public bool HasOther(ulong provider) => Volatile.Read(ref _hasSeveral) || (Volatile.Read(ref _firstSigner) is var first && first != 0 && first != (long)provider);

    /// <summary>Notes who signed; whoever was noted first stays.</summary>
    /// <param name="signature">Hash of the signature.</param>
    /// <param name="provider">Hash of the provider's name.</param>
    public void Note(ulong signature, ulong provider)
    {
        if (!Volatile.Read(ref _hasSeveral) && Interlocked.CompareExchange(ref _firstSigner, (long)provider, 0) is var first && first != 0 && first != (long)provider)
        {
            Volatile.Write(ref _hasSeveral, true);
        }

        ref var entry = ref _entries[SlotOf(signature)];
        if ((Volatile.Read(ref entry) & ~TagMask) != (signature & ~TagMask))
        {
            Volatile.Write(ref entry, (signature & ~TagMask) | (provider & TagMask));
        }
    }

    /// <summary>Somebody else is known to have signed it.</summary>
    public bool IsForeign(ulong signature, ulong provider)
    {
        var entry = Volatile.Read(ref _entries[SlotOf(signature)]);
        return (entry & ~TagMask) == (signature & ~TagMask) && (entry & TagMask) != (provider & TagMask);
    }

    private static int SlotOf(ulong signature) => (int)(signature >>> 16) & (Slots - 1);
}
