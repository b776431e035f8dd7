using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Gateway.Core.Errors;
using Gateway.Core.Failover;
using Gateway.Core.Relay;
using Gateway.Core.Telemetry;
using Gateway.Http.Body;
using Gateway.Http.Coding;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Passes a provider's answer on as bytes, at once, while a tap beside it reads what it cost and how it ended.</summary>
internal static class ResponseRelay
{
    /// <summary>Relays head and body of the leased connection's response; a truncated one is never made to look whole.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="context">Its context; the lease holds the connection.</param>
    /// <param name="decodes">The answer is in Anthropic's dialect: a coding is undone, and a cut is told in its midst.</param>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public static async ValueTask RelayAsync(Exchange exchange, ProxyContext context, bool decodes = true)
    {
        var upstream = context.Lease.Connection!;
        var end = context.Held.IsHeld
            ? await RelayHeldAsync(exchange, context, upstream.Body)
            : await RelayFreshAsync(exchange, context, upstream, decodes);
        context.Tap.End();
        Finish(exchange, context, end);

        // Before the lease ends: what waits to be sent lies in the provider connection's blocks.
        if (!await exchange.Response.FlushAsync())
        {
            context.Outcome = ExchangeOutcome.ClientAborted;
        }
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<BodyStatus> RelayFreshAsync(Exchange exchange, ProxyContext context, UpstreamConnection upstream, bool decodes)
    {
        var coding = decodes ? AnswerGate.CodingOf(upstream.Head) : ContentCoding.Identity;
        var kind = AnswerGate.KindOf(upstream.Head);
        context.IsEventStream = decodes && kind == AnswerKind.EventStream;
        context.Held.Framing = upstream.Head.Framing;
        context.Tap.Begin(kind);
        if (!exchange.Response.HasStarted)
        {
            var isDecoded = coding != ContentCoding.Identity;
            AnswerHead.Write(exchange, context, upstream.Head, isDecoded, LengthOf(upstream.Head, isDecoded));
        }

        upstream.BeginBody();
        context.HasRelayed = true;
        if (!context.IsEventStream)
        {
            RequestMemory.Release(exchange, context);
        }

        if (coding == ContentCoding.Identity)
        {
            return await RelayBytesAsync(exchange, context, upstream.Body);
        }

        context.Held.Source.Begin(upstream.Body, coding);
        return await DecodedRelay.RelayAsync(exchange, context);
    }

    // What was kept back goes first.
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<BodyStatus> RelayHeldAsync(Exchange exchange, ProxyContext context, BodyReader body)
    {
        context.IsEventStream = context.Tap.Kind == AnswerKind.EventStream;
        if (!exchange.Response.HasStarted)
        {
            var hasLength = context.Held.Framing.Kind == FramingKind.Length && !context.Held.Source.IsDecoding;
            context.Saved.WriteHead(exchange, context, hasLength ? context.Held.Framing.Length : -1);
        }

        context.HasRelayed = true;
        context.Times.SeeContent(exchange.Reactor.Time);
        RequestMemory.Release(exchange, context);
        context.Saved.WriteBody(exchange.Response);
        if (context.Held.End != BodyStatus.More)
        {
            return context.Held.End;
        }

        if (!await exchange.Response.FlushAsync())
        {
            return BodyStatus.Canceled;
        }

        return context.Held.Source.IsDecoding ? await DecodedRelay.RelayAsync(exchange, context) : await RelayBytesAsync(exchange, context, body);
    }

    /// <summary>Relays a body in its own bytes; each read is sent on before the next.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public static async ValueTask<BodyStatus> RelayBytesAsync(Exchange exchange, ProxyContext context, BodyReader body)
    {
        var response = exchange.Response;
        while (true)
        {
            // A loop of its own: an event resumes this method and no other.
            BodyStatus status;
            for (var isFirst = true; !body.TryRead(out status); isFirst = false)
            {
                if (isFirst)
                {
                    if (!await response.FlushAsync())
                    {
                        context.Lease.Cancel();
                    }

                    context.WaitForBytes();
                }

                await (context.Patience.IsDue ? context.Patience.SayAsync() : body.WaitAsync());
            }

            context.Patience.Hear();
            Observe(exchange, context, body.Slices);
            response.Append(body.Slices);
            if (status != BodyStatus.More)
            {
                return status;
            }

            if (!await response.FlushAsync())
            {
                return BodyStatus.Canceled;
            }

            if (context.HoldsRequest && context.Tap.ContentStarted)
            {
                RequestMemory.Release(exchange, context);
            }
        }
    }

    private static void Observe(Exchange exchange, ProxyContext context, BodySlices slices)
    {
        foreach (var slice in slices.Items)
        {
            context.Tap.Observe(slice.Span);
        }

        if (context.Tap.ContentStarted)
        {
            context.Times.SeeContent(exchange.Reactor.Time);
        }
    }

    private static void Finish(Exchange exchange, ProxyContext context, BodyStatus end)
    {
        if (end == BodyStatus.Complete && !IsCut(context))
        {
            exchange.Response.End();
            context.Outcome = OutcomeOf(exchange.Response.Status, context.Tap);
            return;
        }

        if (exchange.ClientHasLeft || exchange.Response.IsLost)
        {
            context.Outcome = ExchangeOutcome.ClientAborted;
        }
        else
        {
            context.Outcome = ExchangeOutcome.ProviderFault;
            WriteFault(exchange, context, end);
        }

        exchange.Response.Abandon();
    }

    // A body that is delimited by the close of its connection looks whole wherever it is cut, and a provider that dies behind a
    // proxy of its own leaves whole chunks: the body's own grammar tells. One that only lacks its last event said all it had to say.
    private static bool IsCut(ProxyContext context)
    {
        var tap = context.Tap;
        if (tap.IsHalf)
        {
            // Files and batches may hold anything; within a promised length nothing can be taken back.
            return context.Endpoint is EndpointKind.Messages or EndpointKind.CountTokens && context.Held.Framing.Kind != FramingKind.Length;
        }

        if (!context.IsEventStream || context.Held.Framing.Kind is not (FramingKind.UntilClose or FramingKind.Chunked))
        {
            return false;
        }

        var isUnfinished = !tap.MessageStopped && !tap.HasError && (tap.MessageStarted || HoldsNothing(context));
        return context.Held.Framing.Kind == FramingKind.UntilClose ? !tap.AtEventBoundary || isUnfinished : isUnfinished && tap.StopReason.IsEmpty;
    }

    // Comments and pings, if that: no client can make a message of it.
    private static bool HoldsNothing(ProxyContext context) => context.Endpoint == EndpointKind.Messages && !context.Tap.ContentStarted;

    private static void WriteFault(Exchange exchange, ProxyContext context, BodyStatus end)
    {
        var response = exchange.Response;
        // Within a promised length the event would fill up what is missing, and the body would look whole.
        if (!context.IsEventStream || context.Tap.MessageStopped || response.HasLength)
        {
            return;
        }

        if (!context.Tap.AtEventBoundary)
        {
            response.Write(RelayFault.CloseHalfEvent);
        }

        response.Write(
            exchange.IsGivenUp ? RelayFault.GatewayStopping
            : context.HasTimedOut || context.Clock.HasRung ? RelayFault.ProviderSilent
            : end == BodyStatus.Malformed ? RelayFault.ProviderGarbled
            : RelayFault.ProviderCut);
    }

    // An error that came under status 200 is one all the same.
    private static ExchangeOutcome OutcomeOf(int status, AnswerTap tap) => status switch
    {
        < 400 when tap.HasError => FaultClassifier.OfErrorType(tap.ErrorType) == FaultKind.Refused ? ExchangeOutcome.ClientFault : ExchangeOutcome.ProviderFault,
        < 400 => ExchangeOutcome.Succeeded,
        429 or >= 500 => ExchangeOutcome.ProviderFault,
        _ => ExchangeOutcome.ClientFault,
    };

    private static long LengthOf(ResponseHead head, bool isDecoded) =>
        head.Framing.Kind switch
        {
            FramingKind.Length when !isDecoded => head.Framing.Length,
            FramingKind.None => DeclaredLength(head.Headers),
            _ => -1,
        };

    // The answer to HEAD tells the length of a body that it does not have (RFC 9110 section 9.3.2).
    private static long DeclaredLength(HeaderTable headers) =>
        headers.TryGet(KnownHeader.ContentLength, out var value) && Utf8Parser.TryParse(value, out long length, out var used) && used == value.Length
            ? length
            : -1;
}
