using Gateway.Core.Analysis;

namespace Gateway.Core.Selection;

/// <summary>Weighted rendezvous hashing (Thaler and Ravishankar 1998): every process agrees who serves a key, without a store, and a provider that
/// joins or leaves moves only its own share.</summary>
internal static class Rendezvous
{
    private const double HashSpan = 1UL << 53;

    /// <summary>The score of a member for a key; the lowest wins.</summary>
    public static double Score(ulong key, ulong member, double weight)
    {
        // Uniform in (0, 1]: the logarithm turns it into an exponential draw whose minimum falls to each in proportion to its weight.
        var uniform = ((StableHash.Join(key, member) >> 11) + 1) / HashSpan;
        return -Math.Log(uniform) / weight;
    }
}
