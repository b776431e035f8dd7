using System.Buffers;
using Gateway.Core.Configuration;
using Gateway.Core.Errors;
using Gateway.Core.Failover;
using Gateway.Core.Telemetry;
using Gateway.Core.Translation.Errors;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Tells the client what the last attempt came to: the provider's own error where there is one, else ours; as an event once it has got 200.</summary>
internal static class FaultTeller
{
    /// <summary>Ends the exchange.</summary>
    public static void Tell(Exchange exchange, ProxyContext context, FaultKind fault, AttemptOutcome outcome)
    {
        if (fault == FaultKind.ClientLeft)
        {
            context.Outcome = ExchangeOutcome.ClientAborted;
            exchange.Response.Abandon();
            return;
        }

        context.Outcome = fault is FaultKind.Refused or FaultKind.TooLong or FaultKind.UnknownField or FaultKind.KeyRefused or FaultKind.Forbidden
            ? ExchangeOutcome.ClientFault
            : ExchangeOutcome.ProviderFault;
        if (fault != FaultKind.KeyRefused && ChatRelay.TryTellError(exchange, context))
        {
            return;
        }

        if (context.Provider is { Dialect: not Dialect.Anthropic })
        {
            TranslatedFault.Tell(exchange, context, outcome);
            return;
        }

        TellOwn(exchange, context, fault, outcome);
    }

    private static void TellOwn(Exchange exchange, ProxyContext context, FaultKind fault, AttemptOutcome outcome)
    {
        if (fault == FaultKind.TooLong && TooLongWords(context) is { } words)
        {
            TellTooLong(exchange, context, words);
        }
        else if (context.Seen == ClientView.Waiting)
        {
            TellAsEvent(exchange, context, outcome);
        }
        else if (context.Saved.Status >= 400)
        {
            context.Saved.WriteHead(exchange, context, context.Saved.Length);
            context.Saved.WriteBody(exchange.Response);
            exchange.Response.End();
        }
        else if (context.Saved.Status != 0)
        {
            TellBrokenAnswer(exchange, context);
        }
        else
        {
            RefusalWriter.WriteOutcome(exchange, context, context.Provider!.NameUtf8.Span, outcome.IsAnswered ? OfBody(context) : outcome);
        }
    }

    // Every vendor has words of its own for it, and Claude Code compacts upon a few only.
    private static byte[]? TooLongWords(ProxyContext context) =>
        ErrorBridge.TooLongWords(context.Saved.Body.ToArray(), context.Ticket.InputTokens, context.Plan.Current.Facts.ContextWindow);

    private static void TellTooLong(Exchange exchange, ProxyContext context, byte[] words)
    {
        if (context.Seen != ClientView.Waiting)
        {
            RefusalWriter.Write(exchange.Response, 400, words, context.RequestId);
            return;
        }

        var text = new ArrayBufferWriter<byte>(256);
        AnthropicError.WriteEvent(text, AnthropicErrorType.InvalidRequest, words, context.RequestId);
        exchange.Response.Write(text.WrittenSpan);
        exchange.Response.End();
    }

    // A 200 that held an error, or nothing: the error's own words are the best explanation there is.
    private static void TellBrokenAnswer(Exchange exchange, ProxyContext context)
    {
        if (context.Tap.HasError)
        {
            context.Saved.WriteHead(exchange, context, context.Tap.Kind == Core.Relay.AnswerKind.EventStream ? -1 : context.Saved.Length);
            context.Saved.WriteBody(exchange.Response);
            exchange.Response.End();
            return;
        }

        RefusalWriter.WriteOutcome(exchange, context, context.Provider!.NameUtf8.Span, OfBody(context));
    }

    private static AttemptOutcome OfBody(ProxyContext context) =>
        new(context.Clock.HasRung ? context.Clock.End : AttemptEnd.ResponseTruncated);

    private static void TellAsEvent(Exchange exchange, ProxyContext context, AttemptOutcome outcome)
    {
        var response = exchange.Response;
        var text = new ArrayBufferWriter<byte>(256);
        if (context.Saved.Status >= 400 && IsAnthropicError(context.Saved.Body, out var body))
        {
            text.Write("event: error\ndata: "u8);
            text.Write(body);
            text.Write("\n\n"u8);
        }
        else
        {
            var end = outcome.IsAnswered ? OfBody(context) : outcome;
            var status = context.Saved.Status >= 400 ? context.Saved.Status : end.Status;
            AnthropicError.WriteEvent(text, AnthropicErrorTypes.FromStatus(status), end.Explanation, context.RequestId);
        }

        response.Write(text.WrittenSpan);
        response.End();
    }

    // An event's data is one line.
    private static bool IsAnthropicError(in ReadOnlySequence<byte> body, out byte[] line)
    {
        line = body.ToArray();
        return line.AsSpan().IndexOf("\"error\""u8) >= 0 && line.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') < 0 && line is [(byte)'{', ..];
    }
}
