using Gateway.Core.Configuration;

namespace Gateway.Core.Admission;

/// <summary>What the models of one provider cost. Immutable; looking up allocates nothing.</summary>
public sealed class ProviderPrices(ProviderConfig config)
{
    private readonly PriceTable _models = new(config.Prices);

    // One's own server asks for no money, nor does what is built in.
    private readonly Price _others = new(config.Price, isFree: config.Local || config.BaseUrl is null);

    /// <summary>The price of a model, by the provider's name of it.</summary>
    public Price Of(ReadOnlySpan<byte> model) => _models.Find(model) ?? _others;
}
