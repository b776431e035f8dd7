using Gateway.Core.Providers;

namespace Gateway.Core.Selection;

/// <summary>Which of a provider's keys a conversation uses: one of the limit group whose prompt cache holds it, else always the same while its group is ready and has a place.</summary>
public static class KeyChoice
{
    /// <summary>The key; where no group is ready, one of the group that recovers first. Allocates nothing.</summary>
    /// <param name="provider">Whose.</param>
    /// <param name="seed">The conversation; for a request that belongs to none a lot, so that keys share in proportion to their weights.</param>
    /// <param name="warm">Whose prompt caches hold the conversation.</param>
    /// <param name="nowMs">Milliseconds of a monotonic clock.</param>
    public static ProviderKey For(Provider provider, ulong seed, in WarmCaches warm, long nowMs)
    {
        var keys = provider.Keys;
        if (keys.Length == 1)
        {
            return keys[0];
        }

        var best = keys[0];
        var bestRank = (Ready: long.MaxValue, Distance: int.MaxValue, Score: double.MaxValue);
        foreach (var key in keys)
        {
            var rank = (
                key.IsReady(nowMs) ? 0 : RecoversAt(key),
                warm.AreAt(provider.Hash, key.GroupHash) ? 0 : key.IsFull ? 2 : 1, // A cache is worth waiting for.
                Rendezvous.Score(seed, key.Hash, key.Weight));
            if (rank.CompareTo(bestRank) < 0)
            {
                (best, bestRank) = (key, rank);
            }
        }

        return best;
    }

    /// <summary>Another limit group is ready; or another key of the same, if this one was refused.</summary>
    public static bool HasOther(Provider provider, ProviderKey used, long nowMs)
    {
        foreach (var key in provider.Keys)
        {
            if (key != used && (used.IsRefused || key.State != used.State) && key.IsReady(nowMs))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Another limit group is ready and has a place.</summary>
    public static bool HasOtherPlace(Provider provider, ProviderKey used, long nowMs)
    {
        foreach (var key in provider.Keys)
        {
            if (key.State != used.State && !key.IsFull && key.IsReady(nowMs))
            {
                return true;
            }
        }

        return false;
    }

    private static long RecoversAt(ProviderKey key) =>
        key.IsRefused ? long.MaxValue : Math.Max(key.State.CoolingUntil, key.State.ExhaustedUntil);
}
