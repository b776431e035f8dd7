using System.Runtime.CompilerServices;
using Gateway.Core.Analysis;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>The life of one message, and of one count of its tokens. Each stage lives in its own file; this one only puts them in order.</summary>
internal sealed class MessagesHandler(Admittance admittance, RouteChoice choice, FailoverLoop failover)
{
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public async ValueTask HandleAsync(Exchange exchange, ProxyContext context)
    {
        if (MayCome(exchange, context) && await BodyAnalysis.ReceiveAsync(exchange, context))
        {
            await ServeAsync(exchange, context);
        }
    }

    /// <summary>True if a message may come in: it is JSON, and there is room for it.</summary>
    public bool MayCome(Exchange exchange, ProxyContext context) =>
        BrowserGuard.IsJson(exchange, context) && admittance.HasRoom(exchange, context);

    /// <summary>Serves a message that has been received and scanned.</summary>
    public ValueTask ServeAsync(Exchange exchange, ProxyContext context)
    {
        context.Times.Watch?.Follow(exchange, context);
        if (!Accept(exchange, context) || !choice.TryChoose(exchange, context))
        {
            return default;
        }

        if (Explanation.IsAsked(exchange, context))
        {
            Explain(exchange, context);
            return default;
        }

        if (!Admittance.TryAdmit(exchange, context)
            || !admittance.TryReserve(exchange, context)
            || (context.Ticket.SpentRoute is not null && !choice.TryChoose(exchange, context)))
        {
            return default;
        }

        return failover.RunAsync(exchange, context);
    }

    // The same steps, and nothing taken: no turn, no place, no money.
    private void Explain(Exchange exchange, ProxyContext context)
    {
        var refusal = Admittance.Foresee(exchange, context);
        if (context.Ticket.SpentRoute is not null)
        {
            choice.TryChoose(exchange, context);
        }

        Explanation.Write(exchange, context, refusal);
    }

    // What would be refused everywhere is refused here, by the name of the field; everything else is the provider's to judge.
    private static bool Accept(Exchange exchange, ProxyContext context)
    {
        var fault = RequestFault.Find(context.Scanner.Result, countsTokens: context.Endpoint == EndpointKind.CountTokens || context.Chat.Refusal is not null);
        if (fault.IsEmpty)
        {
            return true;
        }

        context.Outcome = ExchangeOutcome.ClientFault;
        RefusalWriter.Write(exchange.Response, 400, fault, context.RequestId);
        return false;
    }
}
