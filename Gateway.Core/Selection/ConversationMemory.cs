using Gateway.Core.Analysis;

namespace Gateway.Core.Selection;

/// <summary>Who served a conversation last and what its prompt cache holds there. Bounded: an old entry may be overwritten, and then hashing decides.</summary>
/// <remarks>
/// A conversation that changes its route, since it grew or got an image, leaves what it had on the route before under a key of
/// its own. Thread-safe and lock-free. Two writers of one slot may mix; the key is checked last, and the worst is a move that need not be.
/// </remarks>
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
    /// <param name="route">Hash of the route it came by.</param>
    /// <param name="cache">Where, and what the cache holds now.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="warmMs">How long the cache is kept.</param>
    public void Note(ulong conversation, ulong route, in PromptCache cache, long nowMs, long warmMs = WarmMs)
    {
        if (TryRead(conversation, nowMs, out var before) && before.Route != route)
        {
            Write(StableHash.Join(conversation, before.Route), before);
        }

        Write(conversation, new Entry(route, cache, nowMs + warmMs));
    }

    /// <summary>Whose caches are warm for it on a route.</summary>
    public WarmCaches Find(ulong conversation, ulong route, long nowMs) =>
        TryRead(conversation, nowMs, out var last) && last.Route == route
            ? new WarmCaches(last.Cache, last.Cache)
            : new WarmCaches(last.Cache, TryRead(KeyOn(conversation, route), nowMs, out var earlier) ? earlier.Cache : default);

    /// <summary>The warm cache of whoever served it last, by whichever route; false if there is none.</summary>
    public bool TryFindLast(ulong conversation, long nowMs, out PromptCache cache)
    {
        var isFound = TryRead(conversation, nowMs, out var last);
        cache = last.Cache;
        return isFound;
    }

    /// <summary>Its caches are of no more use: the context was compacted.</summary>
    public void Forget(ulong conversation, ulong route)
    {
        Clear(conversation);
        Clear(KeyOn(conversation, route));
    }

    private static ulong KeyOn(ulong conversation, ulong route) => conversation == 0 ? 0 : StableHash.Join(conversation, route);

    private bool TryRead(ulong key, long nowMs, out Entry entry)
    {
        ref var slot = ref _slots[(int)(key % Slots)];
        if (key == 0 || Volatile.Read(ref slot.Key) != key)
        {
            entry = default;
            return false;
        }

        entry = new Entry(
            Volatile.Read(ref slot.Route),
            new PromptCache(Volatile.Read(ref slot.Provider), Volatile.Read(ref slot.Group), Volatile.Read(ref slot.Tokens)),
            Volatile.Read(ref slot.WarmUntil));
        if (nowMs < entry.WarmUntil && Volatile.Read(ref slot.Key) == key)
        {
            return true;
        }

        entry = default;
        return false;
    }

    private void Write(ulong key, in Entry entry)
    {
        ref var slot = ref _slots[(int)(key % Slots)];
        Volatile.Write(ref slot.Key, 0);
        Volatile.Write(ref slot.Route, entry.Route);
        Volatile.Write(ref slot.Provider, entry.Cache.Provider);
        Volatile.Write(ref slot.Group, entry.Cache.Group);
        Volatile.Write(ref slot.Tokens, entry.Cache.Tokens);
        Volatile.Write(ref slot.WarmUntil, entry.WarmUntil);
        Volatile.Write(ref slot.Key, key);
    }

    private void Clear(ulong key)
    {
        ref var slot = ref _slots[(int)(key % Slots)];
        if (Volatile.Read(ref slot.Key) == key)
        {
            Volatile.Write(ref slot.Key, 0);
        }
    }

    private readonly record struct Entry(ulong Route, PromptCache Cache, long WarmUntil);

    private struct Slot
    {
        public ulong Key;
        public ulong Route;
        public ulong Provider;
        public ulong Group;
        public long Tokens;
        public long WarmUntil;
    }
}
