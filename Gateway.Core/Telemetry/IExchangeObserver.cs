namespace Gateway.Core.Telemetry;

/// <summary>Learns of each finished exchange: the ledger, the list of recent ones, whoever listens.</summary>
/// <remarks>Called on the exchange's reactor: it must not block, and copies what it wants to keep.</remarks>
public interface IExchangeObserver
{
    /// <summary>An exchange has ended.</summary>
    public void Finished(in ExchangeRecord record);
}
