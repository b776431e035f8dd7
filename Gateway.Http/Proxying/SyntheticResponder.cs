using System.Runtime.CompilerServices;
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
        WriteHead(exchange.Response, context, answer);
        if (answer.IsEventStream)
        {
            await PlayAsync(exchange, context, answer);
        }
        else
        {
            exchange.Response.Write(answer.Body.Span);
        }

        Finish(exchange, context, answer);
    }

    private static void WriteHead(ResponseWriter response, ProxyContext context, SyntheticAnswer answer)
    {
        var head = response.BeginHead(answer.Status, default);
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

        response.EndHead(ref head, answer.IsEventStream ? -1 : answer.Body.Length);
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

            exchange.Response.Write(step.Bytes.Span);
        }
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
