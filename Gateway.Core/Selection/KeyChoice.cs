using Gateway.Core.Providers;

namespace Gateway.Core.Selection;

/// <summary>Which of a provider's keys a conversation uses: always the same while its limit group is ready, since prompt caches belong to an organisation.</summary>
public static class KeyChoice
{
    /// <summary>The key; where no group is ready, one of the group that recovers first. Allocates nothing.</summary>
    public static ProviderKey For(Provider provider, ulong conversation, long nowMs)
    {
        var keys = provider.Keys;
        if (keys.Length == 1)
        {
            return keys[0];
        }

        var best = keys[0];
        var bestScore = double.MaxValue;
        foreach (var key in keys)
        {
            var score = key.State.IsReady(nowMs) ? Rendezvous.Score(conversation, key.Hash, key.Weight) : double.MaxValue;
            if (score < bestScore || (bestScore == double.MaxValue && RecoversAt(key) < RecoversAt(best)))
            {
                best = key;
                bestScore = score;
            }
        }

        return best;
    }

    /// <summary>Another limit group is ready.</summary>
    public static bool HasOther(Provider provider, ProviderKey used, long nowMs)
    {
        foreach (var key in provider.Keys)
        {
            if (key.State != used.State && key.State.IsReady(nowMs))
            {
                return true;
            }
        }

        return false;
    }

    private static long RecoversAt(ProviderKey key) =>
        key.State.IsDisabled ? long.MaxValue : Math.Max(key.State.CoolingUntil, key.State.ExhaustedUntil);
}
