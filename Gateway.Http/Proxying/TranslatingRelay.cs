using System.Runtime.CompilerServices;
using Gateway.Core.Telemetry;
using Gateway.Http.Body;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Passes an answer of another dialect on, translated event by event, at once.</summary>
internal static class TranslatingRelay
{
    /// <summary>Relays what was held back, and the rest as it comes.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public static async ValueTask RelayAsync(Exchange exchange, ProxyContext context)
    {
        if (context.Scanner.Result.IsStreaming)
        {
            await StreamAsync(exchange, context);
        }
        else
        {
            WriteHead(exchange, context, "application/json"u8, context.Incoming.Length);
            Pass(exchange, context);
            exchange.Response.End();
        }

        Finish(exchange, context);
        if (!await exchange.Response.FlushAsync())
        {
            context.Outcome = ExchangeOutcome.ClientAborted;
        }
    }

    /// <summary>Shows the translator the next bytes, or the end.</summary>
    public static void Feed(ProxyContext context, BodyStatus status)
    {
        var answer = context.Translation.Answer;
        context.Held.Source.Feed(answer, context.Incoming);
        if (status == BodyStatus.More)
        {
            return;
        }

        if (context.Clock.HasRung || context.HasTimedOut)
        {
            answer.GiveUp(context.Incoming);
        }
        else
        {
            answer.EndOfBody(status == BodyStatus.Complete, context.Incoming);
        }
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private static async ValueTask StreamAsync(Exchange exchange, ProxyContext context)
    {
        if (!exchange.Response.HasStarted)
        {
            WriteHead(exchange, context, "text/event-stream; charset=utf-8"u8, -1);
        }

        context.HasRelayed = true;
        RequestMemory.Release(exchange, context);
        var answer = context.Translation.Answer;
        var source = context.Held.Source;
        Pass(exchange, context);
        while (!answer.IsEnded && context.Held.End == BodyStatus.More)
        {
            var reading = source.ReadAsync();
            if (!reading.IsCompleted && !await exchange.Response.FlushAsync())
            {
                context.Lease.Cancel();
            }

            if (SeesContent(exchange, context))
            {
                context.Clock.Start(ClockPhase.Idle, context.Provider!.IdleTimeoutMs);
            }

            context.Held.End = await context.Patience.WatchAsync(reading);
            if (exchange.ClientHasLeft)
            {
                break;
            }

            Feed(context, context.Held.End);
            Pass(exchange, context);
        }

        _ = SeesContent(exchange, context);
        if (answer.IsEnded)
        {
            exchange.Response.End();
        }
    }

    // Until there is content the clock of the first content goes on.
    private static bool SeesContent(Exchange exchange, ProxyContext context)
    {
        if (!context.Translation.Answer.HasContent)
        {
            return false;
        }

        context.Times.SeeContent(exchange.Reactor.Time);
        return true;
    }

    private static void WriteHead(Exchange exchange, ProxyContext context, ReadOnlySpan<byte> contentType, long length)
    {
        var head = exchange.Response.BeginHead(200, default);
        head.Field("content-type"u8, contentType);
        if (length < 0)
        {
            head.Field("cache-control"u8, "no-cache"u8);
        }

        head.Field("request-id"u8, context.RequestId);
        context.Translation.WriteRateLimits(ref head);
        AnswerHead.WriteRouting(ref head, exchange, context);
        var dropped = context.Translation.Request.Dropped;
        if (!dropped.IsEmpty)
        {
            head.Field("x-gateway-dropped"u8, dropped);
        }

        exchange.Response.EndHead(ref head, length);
    }

    private static void Pass(Exchange exchange, ProxyContext context)
    {
        foreach (var segment in context.Incoming.Content)
        {
            exchange.Response.Write(segment.Span);
        }

        context.Incoming.Clear();
    }

    private static void Finish(Exchange exchange, ProxyContext context)
    {
        context.Held.Source.End();
        var answer = context.Translation.Answer;
        if (exchange.ClientHasLeft || exchange.Response.IsLost)
        {
            context.Outcome = ExchangeOutcome.ClientAborted;
            exchange.Response.Abandon();
        }
        else if (!answer.IsEnded || answer.Fault is not null)
        {
            // An error that was told ends the message like any other end: there is nothing wrong with the client's connection.
            context.Outcome = ExchangeOutcome.ProviderFault;
            if (!answer.IsEnded)
            {
                exchange.Response.Abandon();
            }
        }
        else
        {
            context.Outcome = ExchangeOutcome.Succeeded;
            TokenEstimates.Learn(context);
        }
    }
}
