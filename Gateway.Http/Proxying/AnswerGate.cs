using System.Runtime.CompilerServices;
using Gateway.Core.Failover;
using Gateway.Core.Relay;
using Gateway.Http.Body;
using Gateway.Http.Coding;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Looks at an answer before the client gets any of it: an error, or a stream that dies before its first content, lets somebody else take over.</summary>
/// <remarks>Where nobody else could, nothing is held back: a good answer passes at once.</remarks>
internal static class AnswerGate
{
    private const long MostErrorBytes = 1024 * 1024;
    private const long MostHeldBytes = 256 * 1024;
    private const int ClassifiedBytes = 64 * 1024;

    /// <summary>Nothing, and the answer may be relayed; or what is wrong with it.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public static async ValueTask<FaultKind> JudgeAsync(Exchange exchange, ProxyContext context)
    {
        var upstream = context.Lease.Connection!;
        context.RetryAfterMs = RetryAfterOf(exchange, upstream.Head);
        context.ShouldRetry = ShouldRetryOf(upstream.Head);
        if (upstream.Head.Status >= 400)
        {
            return await ReadErrorAsync(exchange, context, upstream);
        }

        var kind = KindOf(upstream.Head);
        var holds = context.Held.MayHold && kind != AnswerKind.Opaque;
        return holds ? await HoldAsync(context, upstream, kind) : FaultKind.None;
    }

    /// <summary>How the body is to be understood.</summary>
    public static AnswerKind KindOf(ResponseHead head)
    {
        if (!head.Headers.TryGet(KnownHeader.ContentType, out var type))
        {
            return AnswerKind.Opaque;
        }

        return MediaTypes.IsEventStream(type) ? AnswerKind.EventStream : MediaTypes.IsJson(type) ? AnswerKind.Message : AnswerKind.Opaque;
    }

    /// <summary>The coding that can be undone.</summary>
    public static ContentCoding CodingOf(ResponseHead head)
    {
        var coding = head.Headers.TryGet(KnownHeader.ContentEncoding, out var value) ? ContentCodings.Parse(value) : ContentCoding.Identity;
        return coding == ContentCoding.Unsupported ? ContentCoding.Identity : coding;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<FaultKind> ReadErrorAsync(Exchange exchange, ProxyContext context, UpstreamConnection upstream)
    {
        var saved = context.Saved;
        saved.Begin(upstream.Head);
        upstream.BeginBody();
        var status = BodyStatus.More;
        while (status == BodyStatus.More && saved.Length <= MostErrorBytes)
        {
            status = await context.Patience.WatchAsync(upstream.Body.ReadAsync());
            saved.Add(upstream.Body.Slices);
        }

        if (status == BodyStatus.Complete)
        {
            return ClassifyError(exchange, context);
        }

        saved.Clear();
        return FaultOfCut(context);
    }

    private static FaultKind ClassifyError(Exchange exchange, ProxyContext context)
    {
        context.Incoming.Clear();
        _ = context.Saved.Decode(context.Incoming);
        var text = TextOf(context);
        var fault = FaultClassifier.OfAnswer(context.Saved.Status, text);
        if (fault == FaultKind.MoneyGone && context.RetryAfterMs < 0)
        {
            context.RetryAfterMs = MoneyReset.Read(text, exchange.Reactor.Time.GetUtcNow());
        }

        return fault;
    }

    private static byte[] TextOf(ProxyContext context)
    {
        var body = context.Saved.Body;
        var text = new byte[(int)Math.Min(body.Length, ClassifiedBytes)];
        System.Buffers.BuffersExtensions.CopyTo(body.Slice(0, text.Length), text);
        return text;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<FaultKind> HoldAsync(ProxyContext context, UpstreamConnection upstream, AnswerKind kind)
    {
        var saved = context.Saved;
        saved.Begin(upstream.Head);
        context.Held.Framing = upstream.Head.Framing;
        context.Tap.Begin(kind);
        upstream.BeginBody();
        context.Held.Source.Begin(upstream.Body, saved);
        while (true)
        {
            var status = await context.Patience.WatchAsync(context.Held.Source.ReadAsync());
            context.Held.Source.Observe(context.Tap);
            context.Held.Source.Save(saved);
            if (IsSound(context.Tap, kind, status, saved.Length) is { } isSound)
            {
                context.Held.End = status;
                context.Held.IsHeld = isSound;
                return isSound ? FaultKind.None : FaultOfBody(context, status);
            }
        }
    }

    // Content, or the whole of a message, is worth relaying; an error or an end without either is not. Null: read on.
    private static bool? IsSound(AnswerTap tap, AnswerKind kind, BodyStatus status, long bytes)
    {
        if (kind == AnswerKind.EventStream)
        {
            return tap.ContentStarted || tap.MessageStopped ? true
                : tap.HasError || status != BodyStatus.More ? false
                : bytes > MostHeldBytes ? true : null;
        }

        if (status == BodyStatus.More)
        {
            return bytes > MostHeldBytes ? true : null;
        }

        tap.End();
        return status == BodyStatus.Complete && !tap.HasError && !tap.IsHalf && (tap.MessageStopped || !tap.MessageStarted);
    }

    private static FaultKind FaultOfBody(ProxyContext context, BodyStatus status) =>
        context.Tap.HasError ? FaultClassifier.OfError(context.Tap.ErrorType, TextOf(context))
        : status == BodyStatus.Complete ? FaultKind.Cut
        : FaultOfCut(context);

    private static FaultKind FaultOfCut(ProxyContext context) =>
        context.Lease.IsCanceled ? FaultClassifier.OfAttempt(FailureMapper.OfCancel(context)) : FaultKind.Cut;

    private static long RetryAfterOf(Exchange exchange, ResponseHead head)
    {
        if (head.Status < 400)
        {
            return -1;
        }

        ReadOnlySpan<byte> seconds = default, milliseconds = default;
        for (var i = 0; i < head.Headers.Count; i++)
        {
            var name = head.Headers.Name(i);
            if (System.Text.Ascii.EqualsIgnoreCase(name, "retry-after"u8))
            {
                seconds = head.Headers.Value(i);
            }
            else if (System.Text.Ascii.EqualsIgnoreCase(name, "retry-after-ms"u8))
            {
                milliseconds = head.Headers.Value(i);
            }
        }

        return RetryAfter.Read(seconds, milliseconds, exchange.Reactor.Time.GetUtcNow());
    }

    private static bool? ShouldRetryOf(ResponseHead head)
    {
        for (var i = 0; head.Status >= 400 && i < head.Headers.Count; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(head.Headers.Name(i), "x-should-retry"u8))
            {
                return System.Text.Ascii.EqualsIgnoreCase(head.Headers.Value(i), "true"u8) ? true
                    : System.Text.Ascii.EqualsIgnoreCase(head.Headers.Value(i), "false"u8) ? false : null;
            }
        }

        return null;
    }
}
