using Gateway.Core.Admission;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>May this client have a path relayed that the gateway does not know?</summary>
/// <remarks>Nobody reads what such a request asks for, and a provider's key pays for it: nobody gets by it what a message would be refused.</remarks>
internal static class RelayAdmittance
{
    /// <summary>True if it may; else it has been told why not.</summary>
    public static bool TryAdmit(Exchange exchange, ProxyContext context)
    {
        if (!GatewayPaths.IsPlain(exchange.Request.Path))
        {
            return Refuse(exchange, context, 404, "Nothing answers on this path: it has an empty segment, a dot segment or an escape that it does without, or is a known one in other letters.");
        }

        var client = context.Ticket.Client;
        context.Provider ??= context.Snapshot.Routing.ProviderForOtherPaths;
        if (client is not null && context.Provider is { } provider)
        {
            if (!client.MayUseProvider(provider.Name))
            {
                return Refuse(exchange, context, 403, $"The client '{client.Name}' may not use '{provider.Name}', to which other paths than messages go.");
            }

            if (!client.MayUseAll)
            {
                return Refuse(exchange, context, 403, $"The client '{client.Name}' may use some models only, and on this path the gateway can't tell which are asked for.");
            }
        }

        return MoneyIsLeft(exchange, context, client is null ? null : context.Snapshot.Budgets.Of(client.Name))
            && MoneyIsLeft(exchange, context, context.Snapshot.Budgets.Total)
            && Admittance.TryEnterLimits(exchange, context, client);
    }

    private static bool MoneyIsLeft(Exchange exchange, ProxyContext context, Budget? budget)
    {
        if (budget is null || !budget.IsSpent(exchange.Reactor.Time.GetUtcNow()))
        {
            return true;
        }

        Admittance.RefuseSpent(exchange, context, budget);
        return false;
    }

    private static bool Refuse(Exchange exchange, ProxyContext context, int status, string message)
    {
        RefusalWriter.RefuseClient(exchange, context, status, message);
        return false;
    }
}
