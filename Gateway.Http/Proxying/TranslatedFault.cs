using System.Buffers;
using System.Text;
using Gateway.Core.Errors;
using Gateway.Core.Failover;
using Gateway.Core.Translation.Errors;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Tells the client an error of a provider of another dialect, in the words that Claude Code acts on.</summary>
internal static class TranslatedFault
{
    /// <summary>Ends the exchange.</summary>
    public static void Tell(Exchange exchange, ProxyContext context, AttemptOutcome outcome)
    {
        var fault = context.Translation.Fault ?? Of(context, outcome);
        var body = new ArrayBufferWriter<byte>(256);
        if (context.Seen == ClientView.Waiting)
        {
            AnthropicError.WriteEvent(body, fault.Type, fault.Message.Span, context.RequestId);
            exchange.Response.Write(body.WrittenSpan);
        }
        else
        {
            AnthropicError.Write(body, fault.Type, fault.Message.Span, context.RequestId);
            WriteHead(exchange, context, fault, body.WrittenCount);
            exchange.Response.Write(body.WrittenSpan);
        }

        exchange.Response.End();
    }

    private static void WriteHead(Exchange exchange, ProxyContext context, AnthropicFault fault, int length)
    {
        var head = exchange.Response.BeginHead(fault.Status, default);
        head.Field("content-type"u8, "application/json"u8);
        head.Field("request-id"u8, context.RequestId);
        if (fault.RetryAfterSeconds >= 0)
        {
            head.Field("retry-after"u8, fault.RetryAfterSeconds);
        }

        if (fault.ShouldRetry is { } should)
        {
            head.Field("x-should-retry"u8, should ? "true"u8 : "false"u8);
        }

        context.Translation.WriteRateLimits(ref head);
        AnswerHead.WriteRouting(ref head, exchange, context);
        exchange.Response.EndHead(ref head, length);
    }

    private static AnthropicFault Of(ProxyContext context, AttemptOutcome outcome)
    {
        var end = outcome.IsAnswered ? new AttemptOutcome(context.Clock.HasRung ? context.Clock.End : AttemptEnd.ResponseTruncated) : outcome;
        return new AnthropicFault(
            end.Status,
            AnthropicErrorTypes.FromStatus(end.Status),
            Encoding.UTF8.GetBytes($"Provider '{context.Provider!.Name}': {Encoding.UTF8.GetString(end.Explanation)}"),
            ShouldRetry: end.ShouldRetry);
    }
}
