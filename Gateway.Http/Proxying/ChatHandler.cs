using System.Buffers;
using System.Runtime.CompilerServices;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Serves clients of OpenAI's Chat Completions: their requests become messages, and go the way of all messages.</summary>
internal sealed class ChatHandler(MessagesHandler messages)
{
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public async ValueTask HandleAsync(Exchange exchange, ProxyContext context)
    {
        if (!messages.MayCome(exchange, context) || !await BodyAnalysis.ReceiveBytesAsync(exchange, context, scans: false))
        {
            return;
        }

        context.Scan(context.Body);
        if (!BodyAnalysis.CheckJson(exchange, context))
        {
            return;
        }

        Translate(exchange, context);
        await messages.ServeAsync(exchange, context);
    }

    // What has no translation may still suit a provider of the same dialect.
    private static void Translate(Exchange exchange, ProxyContext context)
    {
        var edge = (ChatEdge)exchange.Response.Edge!;
        var translation = new ArrayBufferWriter<byte>((int)Math.Min(int.MaxValue / 2, context.Body.Length + 1024));
        var model = context.Scanner.Result.Model;
        var mostTokens = RouteChoice.Likely(context.Snapshot.Routing, ref model).FactsOf(model).MaxOutputTokens;
        var verdict = edge.Read(context.Body, mostTokens, exchange.Reactor.Time.GetUtcNow(), translation);
        var isTranslated = verdict.Status == 200;
        context.Chat.Keep(context, edge, isTranslated ? null : verdict.Message ?? "");
        if (isTranslated)
        {
            context.Chat.Translate(context, translation.WrittenSpan);
            _ = context.Scanner.Complete();
        }
    }
}
