using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Core.Telemetry;
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

        if (TryTranslate(exchange, context) && BodyAnalysis.CheckJson(exchange, context))
        {
            await messages.ServeAsync(exchange, context);
        }
    }

    private static bool TryTranslate(Exchange exchange, ProxyContext context)
    {
        var edge = (ChatEdge)exchange.Response.Edge!;
        var request = new ArrayBufferWriter<byte>((int)Math.Min(int.MaxValue / 2, context.Body.Length + 1024));
        var verdict = edge.Read(context.Body, exchange.Reactor.Time.GetUtcNow(), request);
        if (verdict.Status != 200)
        {
            context.Outcome = ExchangeOutcome.ClientFault;
            RefusalWriter.Write(exchange.Response, verdict.Status, Encoding.UTF8.GetBytes(verdict.Message ?? ""), context.RequestId);
            return false;
        }

        context.Decoded.Clear();
        context.Decoded.Write(request.WrittenSpan);
        context.IsDecoded = true;
        context.Body = context.Decoded.Content;
        context.Scan(context.Body);
        return true;
    }
}
