using System.Text;
using Gateway.Core.Failover;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Tells the client, and the log, that a provider gave no answer.</summary>
internal sealed class FailureReport(GatewayEvents events)
{
    /// <summary>Ends the exchange with the outcome of its last attempt.</summary>
    public void Tell(Exchange exchange, ProxyContext context, ReadOnlyMemory<byte> provider, AttemptOutcome outcome)
    {
        if (outcome.FailedParty == FailedParty.Provider)
        {
            events.ProviderFailed(Encoding.UTF8.GetString(provider.Span), context.RequestId, outcome.Reason);
        }

        RefusalWriter.WriteOutcome(exchange, context, provider.Span, outcome);
    }
}
