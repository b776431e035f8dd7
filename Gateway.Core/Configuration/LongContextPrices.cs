namespace Gateway.Core.Configuration;

/// <summary>What all tokens of a request cost instead, once its input is long. Immutable.</summary>
public sealed record LongContextPrices : TokenPrices
{
    /// <summary>Input tokens, those of the prompt cache among them, above which it holds; 0 for never.</summary>
    public int AboveTokens { get; init; }
}
