namespace Gateway.Core.Telemetry;

/// <summary>Several observers as one.</summary>
/// <param name="observers">Told in this order.</param>
public sealed class ExchangeObservers(params IExchangeObserver[] observers) : IExchangeObserver
{
    /// <inheritdoc />
    public void Finished(in ExchangeRecord record)
    {
        foreach (var observer in observers)
        {
            observer.Finished(record);
        }
    }
}
