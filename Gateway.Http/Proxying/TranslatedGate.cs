using System.Buffers;
using System.Runtime.CompilerServices;
using Gateway.Core.Configuration;
using Gateway.Core.Errors;
using Gateway.Core.Failover;
using Gateway.Core.Providers;
using Gateway.Core.Relay;
using Gateway.Core.Translation.Answers;
using Gateway.Core.Translation.Errors;
using Gateway.Http.Body;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;

namespace Gateway.Http.Proxying;

/// <summary>Looks at an answer of another dialect until its first content, where somebody else could take over upon an error, or an end without any.</summary>
internal static class TranslatedGate
{
    private const long MostBytes = 64L * 1024 * 1024;

    /// <summary>Nothing, and the answer may be relayed; or what is wrong with it.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public static async ValueTask<FaultKind> JudgeAsync(Exchange exchange, ProxyContext context)
    {
        var upstream = context.Lease.Connection!;
        var status = upstream.Head.Status;
        context.Translation.ReadRateLimits(upstream.Head.Headers, exchange.Reactor.Time.GetUtcNow());
        if (status >= 400)
        {
            var fault = await AnswerGate.JudgeAsync(exchange, context);
            var body = context.Saved.Body.ToArray();
            if (status == 400 && !IsSame(context) && ErrorBridge.IsOutputLimit(body))
            {
                Begin(context);
                context.Incoming.Clear();
                context.Translation.Answer.FeedWhole(AnswerTranslator.EmptyAtLimit, context.Incoming);
                context.Held.End = BodyStatus.Complete;
                return OfAnswer(context);
            }

            var told = ErrorBridge.Translate(
                status,
                body,
                context.RetryAfterMs,
                TranslatedRequest.ProfileOf(context),
                context.Translation.Request.EstimatedInputTokens,
                SecretOf(context.Key!).Span,
                context.Translation.UntilResetMs);
            context.RetryAfterMs = context.RetryAfterMs < 0 && told.RetryAfterSeconds > 0 ? told.RetryAfterSeconds * 1000L : context.RetryAfterMs;
            context.Translation.Fault = told;
            return KindOf(told, fault);
        }

        Begin(context);
        var isStream = AnswerGate.KindOf(upstream.Head) == AnswerKind.EventStream;
        context.Saved.Begin(upstream.Head);
        upstream.BeginBody();
        if (isStream)
        {
            context.Held.Source.Begin(upstream.Body, context.Saved);
        }

        context.Incoming.Clear();
        return isStream ? await HoldStreamAsync(context) : await HoldWholeAsync(context, upstream);
    }

    /// <summary>Reads until there is content, or the end.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<FaultKind> HoldStreamAsync(ProxyContext context)
    {
        var source = context.Held.Source;
        var answer = context.Translation.Answer;
        var wantsAll = !context.Scanner.Result.IsStreaming;
        context.Held.End = BodyStatus.More;
        while (!answer.IsEnded && (wantsAll || !MayPass(context)))
        {
            var status = await context.Patience.WatchAsync(source.ReadAsync());
            if (IsSame(context))
            {
                source.Save(context.Saved);
            }

            TranslatingRelay.Feed(context, status);
            context.Held.End = status;
            if (status != BodyStatus.More)
            {
                break;
            }
        }

        return OfAnswer(context);
    }

    // Where nobody else could take over, a message begins as soon as the provider's does.
    private static bool MayPass(ProxyContext context)
    {
        var answer = context.Translation.Answer;
        return context.Held.MayHold || IsSame(context) ? answer.HasContent : answer.HasStarted;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<FaultKind> HoldWholeAsync(ProxyContext context, UpstreamConnection upstream)
    {
        var status = BodyStatus.More;
        while (status == BodyStatus.More && context.Saved.Length <= MostBytes)
        {
            status = await context.Patience.WatchAsync(upstream.Body.ReadAsync());
            context.Saved.Add(upstream.Body.Slices);
        }

        context.Held.End = status;
        if (status != BodyStatus.Complete)
        {
            context.Translation.Answer.EndOfBody(isClean: false, context.Incoming);
            return OfAnswer(context);
        }

        context.Incoming.Clear();
        var json = context.Saved.Decode(context.Incoming) ? context.Saved.Body.ToArray() : [];
        if (json.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'d' or (byte)'e' or (byte)':', ..])
        {
            // A stream that does not say so.
            context.Translation.Answer.Feed(json, context.Incoming);
            context.Translation.Answer.EndOfBody(isClean: true, context.Incoming);
        }
        else
        {
            context.Translation.Answer.FeedWhole(json, context.Incoming);
        }

        return OfAnswer(context);
    }

    // The client gets the provider's own bytes.
    private static bool IsSame(ProxyContext context) => context.Chat.IsFor(context.Provider!);

    private static FaultKind OfAnswer(ProxyContext context)
    {
        var answer = context.Translation.Answer;
        if (context.Lease.IsCanceled && !answer.HasContent)
        {
            return FaultClassifier.OfAttempt(FailureMapper.OfCancel(context));
        }

        if (answer.Fault is not { } fault || (answer.HasContent && context.Scanner.Result.IsStreaming))
        {
            // Without content its clock goes on.
            context.Held.IsHeld = answer.HasContent || answer.IsEnded || context.Held.End != BodyStatus.More;
            return FaultKind.None;
        }

        context.Translation.Fault = fault;
        return KindOf(fault, FaultKind.ServerError);
    }

    private static FaultKind KindOf(AnthropicFault fault, FaultKind otherwise) => fault.Type switch
    {
        AnthropicErrorType.Billing => FaultKind.MoneyGone,
        AnthropicErrorType.ApiError when fault.ShouldRetry == false => FaultKind.KeyRefused,
        AnthropicErrorType.Overloaded => FaultKind.Overloaded,
        AnthropicErrorType.RateLimit => FaultKind.RateLimited,
        AnthropicErrorType.InvalidRequest when fault.Message.Span.StartsWith("prompt is too long"u8) => FaultKind.TooLong,
        AnthropicErrorType.InvalidRequest or AnthropicErrorType.NotFound => otherwise == FaultKind.UnknownField ? otherwise : FaultKind.Refused,
        _ => otherwise,
    };

    // Without the scheme: a provider that quotes the credential leaves that out.
    private static ReadOnlyMemory<byte> SecretOf(ProviderKey key)
    {
        var value = key.Value is { } secret ? secret.RevealForMasking() : default;
        return value[(value.Span.IndexOf((byte)' ') + 1)..];
    }

    private static void Begin(ProxyContext context)
    {
        var translation = context.Translation;
        var provider = context.Provider!;
        translation.Context.ClientModel = context.Scanner.Result.Model.ToArray();
        translation.Context.ProviderName = provider.NameUtf8;
        translation.Context.Profile = TranslatedRequest.ProfileOf(context);
        translation.Context.IsResponses = provider.Dialect == Dialect.OpenAiResponses;
        translation.Context.Credential = SecretOf(context.Key!);
        translation.Context.EstimatedInputTokens = TokenEstimates.OfTranslated(context);
        translation.Context.ToolNames = translation.Request.Names;
        translation.Answer.Begin(translation.Context, context.Scanner.Result.IsStreaming);
    }
}
