namespace Gateway.Core.Configuration;

/// <summary>What a model costs; empty where nobody said. Immutable.</summary>
public sealed record PriceConfig : TokenPrices
{
    /// <summary>Some vendors ask for more where much is read.</summary>
    public LongContextPrices LongContext { get; init; } = new();
}
