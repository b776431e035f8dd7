namespace Gateway.Core.Selection;

/// <summary>Who served a conversation last and what its prompt cache holds there. Bounded: an old entry may be overwritten, and then hashing decides.</summary>
/// <remarks>Thread-safe and lock-free. Two writers of one slot may mix; the key is checked last, and the worst is a move that need not be.</remarks>
public sealed class ConversationMemory
{
    /// <summary>How long providers keep a prompt cache after its last use, ms.</summary>
    public const long WarmMs = 5 * 60_000;

    /// <summary>The same where the client asks for an hour, ms.</summary>
    public const long LongWarmMs = 60 * 60_000;

    private const int Slots = 8192;

    private readonly Slot[] _slots = new Slot[Slots];

    /// <summary>Notes who served a conversation.</summary>
    /// <param name="conversation">Its key.</param>
    /// <param name="cache">Where, and what the cache holds now.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="warmMs">How long the cache is kept.</param>
    public void Note(ulong conversation, in PromptCache cache, long nowMs, long warmMs = WarmMs)
    {
        ref var slot = ref _slots[(int)(conversation % Slots)];
        Volatile.Write(ref slot.Key, 0);
        Volatile.Write(ref slot.Provider, cache.Provider);
        Volatile.Write(ref slot.Group, cache.Group);
        Volatile.Write(ref slot.Tokens, cache.Tokens);
        Volatile.Write(ref slot.WarmUntil, nowMs + warmMs);
        Volatile.Write(ref slot.Key, conversation);
    }

    /// <summary>Whose cache is warm; false if nobody's is.</summary>
    public bool TryFind(ulong conversation, long nowMs, out PromptCache cache)
    {
        ref var slot = ref _slots[(int)(conversation % Slots)];
        var key = Volatile.Read(ref slot.Key);
        cache = new PromptCache(Volatile.Read(ref slot.Provider), Volatile.Read(ref slot.Group), Volatile.Read(ref slot.Tokens));
        var warmUntil = Volatile.Read(ref slot.WarmUntil);
        return conversation != 0 && key == conversation && nowMs < warmUntil && Volatile.Read(ref slot.Key) == conversation;
    }

    /// <summary>Its cache is of no more use: the context was compacted.</summary>
    public void Forget(ulong conversation)
    {
        ref var slot = ref _slots[(int)(conversation % Slots)];
        if (Volatile.Read(ref slot.Key) == conversation)
        {
            Volatile.Write(ref slot.Key, 0);
        }
    }

    private struct Slot
    {
        public ulong Key;
        public ulong Provider;
        public ulong Group;
        public long Tokens;
        public long WarmUntil;
    }
}
