using System.Runtime.CompilerServices;
using Gateway.Core.Relay;
using Gateway.Core.Synthetic;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Plays what the built-in model answers, at its pace, as a provider's answer would come.</summary>
internal static class SyntheticResponder
{
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public static async ValueTask AnswerAsync(Exchange exchange, ProxyContext context)
    {
        var answer = context.Endpoint == EndpointKind.CountTokens
            ? SyntheticModel.CountTokens(context.Body)
            : SyntheticModel.Answer(context.Body);
        context.Attempts = 1;
        await context.Pause.WaitAsync(answer.HeadDelayMs);
        WriteHead(exchange, context, answer);
        context.Tap.Begin(answer.IsEventStream ? AnswerKind.EventStream : AnswerKind.Message);
        if (answer.IsEventStream)
        {
            RequestMemory.Release(exchange, context);
            await PlayAsync(exchange, context, answer);
        }
        else
        {
            Say(exchange, context, answer.Body.Span);
        }

        context.Tap.End();
        if (answer.Ending == SyntheticEnding.Reset)
        {
            // A reset takes with it what was not sent yet.
            _ = await exchange.Response.FlushAsync();
        }

        Finish(exchange, context, answer);
    }

    private static void WriteHead(Exchange exchange, ProxyContext context, SyntheticAnswer answer)
    {
        var head = exchange.Response.BeginHead(answer.Status, default);
        head.Field("content-type"u8, answer.IsEventStream ? "text/event-stream; charset=utf-8"u8 : "application/json"u8);
        if (answer.IsEventStream)
        {
            head.Field("cache-control"u8, "no-cache"u8);
        }

        head.Field("request-id"u8, context.RequestId);
        if (answer.RetryAfterSeconds is { } seconds)
        {
            head.Field("retry-after"u8, seconds);
        }

        if (answer.ShouldRetry is { } shouldRetry)
        {
            head.Field("x-should-retry"u8, shouldRetry ? "true"u8 : "false"u8);
        }

        AnswerHead.WriteRouting(ref head, exchange, context);
        exchange.Response.EndHead(ref head, answer.IsEventStream ? -1 : answer.Body.Length);
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private static async ValueTask PlayAsync(Exchange exchange, ProxyContext context, SyntheticAnswer answer)
    {
        foreach (var step in answer.Steps)
        {
            if (step.DelayMs > 0)
            {
                _ = await exchange.Response.FlushAsync();
                await context.Pause.WaitAsync(step.DelayMs);
            }

            if (exchange.ClientHasLeft || context.HasTimedOut)
            {
                return;
            }

            Say(exchange, context, step.Bytes.Span);
        }
    }

    private static void Say(Exchange exchange, ProxyContext context, ReadOnlySpan<byte> bytes)
    {
        context.Tap.Observe(bytes);
        exchange.Response.Write(bytes);
    }

    private static void Finish(Exchange exchange, ProxyContext context, SyntheticAnswer answer)
    {
        if (exchange.ClientHasLeft || context.HasTimedOut || answer.Ending != SyntheticEnding.Complete)
        {
            context.Outcome = exchange.ClientHasLeft ? ExchangeOutcome.ClientAborted : ExchangeOutcome.ProviderFault;
            exchange.Response.Abandon(reset: answer.Ending == SyntheticEnding.Reset);
            return;
        }

        context.Outcome = answer.Status < 400 ? ExchangeOutcome.Succeeded : ExchangeOutcome.ProviderFault;
        exchange.Response.End();
    }
}
