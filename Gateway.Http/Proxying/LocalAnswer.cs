using System.Buffers;
using Gateway.Core.Failover;
using Gateway.Core.Translation.Answers;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>What needs no provider of another dialect: the warm-up that asks for no token at all.</summary>
internal static class LocalAnswer
{
    /// <summary>Translates the request, which may already be all there is to it.</summary>
    public static InPlace Try(Exchange exchange, ProxyContext context)
    {
        context.Translation.Fault = null;
        if (context.Chat.IsFor(context.Provider!))
        {
            context.Translation.Request.Measure(context.Body);
            return InPlace.Unanswered;
        }

        var verdict = TranslatedRequest.Prepare(context);
        switch (verdict.Status)
        {
            case 200:
                RequestFit.LeaveOut(exchange, context);
                return InPlace.Unanswered;
            case 204:
                WriteNothing(exchange, context);
                return InPlace.Answered;
            default:
                return LocalRefusal.PassOnOrTell(exchange, context, verdict.Message);
        }
    }

    private static void WriteNothing(Exchange exchange, ProxyContext context)
    {
        var translation = context.Translation;
        var streams = context.Scanner.Result.IsStreaming;
        translation.Context.ClientModel = context.Scanner.Result.Model.ToArray();
        translation.Context.EstimatedInputTokens = TokenEstimates.OfTranslated(context);
        translation.Context.IsResponses = false;
        translation.Context.Profile = context.Provider!.Profile;
        translation.Answer.Begin(translation.Context, streams);
        var body = new ArrayBufferWriter<byte>(512);
        translation.Answer.FeedWhole(AnswerTranslator.EmptyAtLimit, body);
        Answer(exchange, context, streams ? "text/event-stream; charset=utf-8"u8 : "application/json"u8, body.WrittenSpan);
    }

    /// <summary>Answers 200 with a body of our own.</summary>
    public static void Answer(Exchange exchange, ProxyContext context, ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body)
    {
        if (context.Seen != ClientView.Waiting)
        {
            var head = exchange.Response.BeginHead(200, default);
            head.Field("content-type"u8, contentType);
            head.Field("request-id"u8, context.RequestId);
            AnswerHead.WriteRouting(ref head, exchange, context);
            exchange.Response.EndHead(ref head, body.Length);
        }

        exchange.Response.Write(body);
        exchange.Response.End();
    }
}
