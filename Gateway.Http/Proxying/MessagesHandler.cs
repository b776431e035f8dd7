using System.Runtime.CompilerServices;
using Gateway.Core.Analysis;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>The life of one message, and of one count of its tokens. Each stage lives in its own file; this one only puts them in order.</summary>
internal sealed class MessagesHandler(ProviderAttempt attempt, FailureReport failures)
{
    private static readonly ReadOnlyMemory<byte> MessagesPath = "/v1/messages"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> CountTokensPath = "/v1/messages/count_tokens"u8.ToArray();

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public async ValueTask HandleAsync(Exchange exchange, ProxyContext context)
    {
        if (!await BodyAnalysis.ReceiveAsync(exchange, context) || !Accept(exchange, context))
        {
            return;
        }

        context.Provider = context.Snapshot.ProviderFor(context.Scanner.Result.Model);
        if (context.Provider.IsSynthetic)
        {
            await SyntheticResponder.AnswerAsync(exchange, context);
            return;
        }

        var path = context.Endpoint == EndpointKind.CountTokens ? CountTokensPath : MessagesPath;
        var outcome = await attempt.SendAsync(exchange, context, path);
        if (outcome.IsAnswered)
        {
            await ResponseRelay.RelayAsync(exchange, context);
            return;
        }

        failures.Tell(exchange, context, context.Provider.NameUtf8, outcome);
    }

    // What would be refused everywhere is refused here, by the name of the field; everything else is the provider's to judge.
    private static bool Accept(Exchange exchange, ProxyContext context)
    {
        var fault = RequestFault.Find(context.Scanner.Result, countsTokens: context.Endpoint == EndpointKind.CountTokens);
        if (fault.IsEmpty)
        {
            return true;
        }

        context.Outcome = ExchangeOutcome.ClientFault;
        RefusalWriter.Write(exchange.Response, 400, fault, context.RequestId);
        return false;
    }
}
