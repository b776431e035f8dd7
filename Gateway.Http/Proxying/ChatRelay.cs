using System.Runtime.CompilerServices;
using Gateway.Core.Telemetry;
using Gateway.Http.Body;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Passes an answer on to a client of the same dialect, byte for byte. The translator reads along, for what it cost and how it ended.</summary>
internal static class ChatRelay
{
    // A half line, or half an event, ends at the blank line before it.
    private static ReadOnlySpan<byte> Cut =>
        "\n\ndata: {\"error\":{\"message\":\"The provider's connection was lost before the end of the answer.\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n"u8;

    /// <summary>Relays what was held back, and the rest as it comes.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public static async ValueTask RelayAsync(Exchange exchange, ProxyContext context)
    {
        var response = exchange.Response;
        response.Edge = null;
        if (!response.HasStarted)
        {
            var length = context.Held.End == BodyStatus.Complete ? context.Saved.Length : -1;
            context.Saved.WriteHead(exchange, context, length);
        }

        context.HasRelayed = true;
        context.Times.SeeContent(exchange.Reactor.Time);
        context.Saved.WriteBody(response);
        context.Incoming.Clear();
        RequestMemory.Release(exchange, context);

        if (await response.FlushAsync())
        {
            await RelayRestAsync(exchange, context);
        }

        Finish(exchange, context);
        if (!await response.FlushAsync())
        {
            context.Outcome = ExchangeOutcome.ClientAborted;
        }
    }

    /// <summary>Tells the provider's error as the provider told it; false if it gave none that may be shown.</summary>
    public static bool TryTellError(Exchange exchange, ProxyContext context)
    {
        if (!context.Chat.IsFor(context.Provider!) || context.Saved.Status < 400 || exchange.Response.HasStarted)
        {
            return false;
        }

        exchange.Response.Edge = null;
        context.Saved.WriteHead(exchange, context, context.Saved.Length);
        context.Saved.WriteBody(exchange.Response);
        exchange.Response.End();
        return true;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private static async ValueTask RelayRestAsync(Exchange exchange, ProxyContext context)
    {
        var source = context.Held.Source;
        while (context.Held.End == BodyStatus.More)
        {
            var reading = source.ReadAsync();
            context.Clock.Start(ClockPhase.Idle, context.Provider!.IdleTimeoutMs);
            context.Held.End = await reading;
            TranslatingRelay.Feed(context, context.Held.End);
            context.Incoming.Clear();
            source.Pass(exchange.Response);
            if (!await exchange.Response.FlushAsync())
            {
                context.Held.End = BodyStatus.Canceled;
            }
        }
    }

    private static void Finish(Exchange exchange, ProxyContext context)
    {
        context.Held.Source.End();
        if (exchange.ClientHasLeft || exchange.Response.IsLost)
        {
            context.Outcome = ExchangeOutcome.ClientAborted;
            exchange.Response.Abandon();
        }
        else if (context.Held.End == BodyStatus.Complete)
        {
            context.Outcome = context.Translation.Answer.Fault is null ? ExchangeOutcome.Succeeded : ExchangeOutcome.ProviderFault;
            exchange.Response.End();
        }
        else
        {
            context.Outcome = ExchangeOutcome.ProviderFault;
            exchange.Response.Write(Cut);
            exchange.Response.Abandon();
        }
    }
}
