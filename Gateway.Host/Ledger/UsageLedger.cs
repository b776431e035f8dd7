using Gateway.Core.Telemetry;

namespace Gateway.Host.Ledger;

/// <summary>Writes down who used how much of what: one line for each exchange that a provider answered. Never blocks a request.</summary>
/// <param name="writer">Where lines go.</param>
internal sealed class UsageLedger(LedgerWriter writer) : IExchangeObserver
{
    /// <inheritdoc />
    public void Finished(in ExchangeRecord record)
    {
        if (record.Endpoint == EndpointKind.Messages && record.Usage.Source != UsageSource.None)
        {
            writer.Add(record.Line);
        }
    }
}
