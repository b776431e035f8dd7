using Gateway.Core.Admission;
using Gateway.Core.Routing;

namespace Gateway.Core.Selection;

/// <summary>What the selection depends on besides the route and the providers.</summary>
public readonly ref struct SelectionRequest
{
    /// <summary>What the request is and needs.</summary>
    public required RequestTraits Traits { get; init; }

    /// <summary>Its conversation; 0 if it belongs to none.</summary>
    public ulong Conversation { get; init; }

    /// <summary>Its context was compacted: no prompt cache holds anything of use.</summary>
    public bool IsCompacted { get; init; }

    /// <summary>Only asked what would be: nobody's turn is over by that.</summary>
    public bool IsDry { get; init; }

    /// <summary>Hash of the model asked for.</summary>
    public ulong ModelHash { get; init; }

    /// <summary>Who asks; null where everybody may.</summary>
    public Client? Client { get; init; }

    /// <summary>What models cost, for the policies that go by it; null for each provider's own price.</summary>
    public PriceTable? Prices { get; init; }

    /// <summary>Now, ms of a monotonic clock.</summary>
    public long NowMs { get; init; }
}
