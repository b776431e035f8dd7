using Gateway.Core.Telemetry;

namespace Gateway.Host.Ledger;

/// <summary>Writes down who used how much of what: one line for each exchange that a provider answered. Never blocks a request.</summary>
/// <param name="sink">Where lines go: a queue before a <see cref="LedgerFile"/>.</param>
internal sealed class UsageLedger(ILogSink sink) : IExchangeObserver
{
    /// <inheritdoc />
    public void Finished(in ExchangeRecord record)
    {
        if (record.Endpoint != EndpointKind.Messages || record.Usage.Source == UsageSource.None)
        {
            return;
        }

        var line = sink.Open(LogLevel.Info, "usage"u8);
        if (line is not null)
        {
            AccessLine.Fill(line, record);
            sink.Post(line);
        }
    }
}
