using Gateway.Core.Compatibility;

namespace Gateway.Http.Proxying;

/// <summary>How a request was changed to fit the provider of its attempt.</summary>
internal sealed class FitState
{
    /// <summary>What the provider was found not to know; null for nothing.</summary>
    public LearnedDrops? Drops { get; set; }

    /// <summary>Blocks of thinking that were left out.</summary>
    public int Stripped { get; set; }

    /// <summary>Nothing was changed.</summary>
    public void Begin()
    {
        Drops = null;
        Stripped = 0;
    }
}
