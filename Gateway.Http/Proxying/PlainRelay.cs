using System.Runtime.CompilerServices;
using Gateway.Core.Failover;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Http.Body;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Relays any request as plain HTTP, with no look at its content: other API paths, and passthrough routes.</summary>
internal sealed class PlainRelay(ProviderEndpoints endpoints, FailureReport failures)
{
    // A body up to this size is received first, so that it can be sent again if a pooled connection turns out dead.
    private const int KeptBytes = 64 * 1024;

    /// <summary>Relays to the default provider of the Anthropic dialect, with that provider's credential.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="context">Its context; a provider chosen before is kept.</param>
    /// <param name="skip">Bytes of the request's path that are the gateway's own.</param>
    public ValueTask RelayToProviderAsync(Exchange exchange, ProxyContext context, int skip)
    {
        context.Provider ??= context.Snapshot.Routing.ProviderForOtherPaths;
        if (context.Provider is { IsSynthetic: false } provider)
        {
            return RelayAsync(exchange, context, new PlainTarget(provider, skip));
        }

        context.Outcome = ExchangeOutcome.ClientFault;
        RefusalWriter.Write(
            exchange.Response, 404, "No provider of the Anthropic dialect is configured for this path; add one with a base_url."u8, context.RequestId);
        return default;
    }

    /// <summary>Relays to a passthrough route, credentials and codings included, as they are.</summary>
    public ValueTask RelayToRouteAsync(Exchange exchange, ProxyContext context, PassthroughRoute route) =>
        RelayAsync(exchange, context, new PlainTarget(route));

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask RelayAsync(Exchange exchange, ProxyContext context, PlainTarget target)
    {
        if (exchange.Body.DeclaredLength > context.Snapshot.MaxBodyBytes)
        {
            BodyAnalysis.RefuseBroken(exchange, context, BodyStatus.TooLarge);
            return;
        }

        var isKept = exchange.Body.DeclaredLength is >= 0 and <= KeptBytes;
        if (isKept && await exchange.Body.ReceiveAsync(context) is var status and not BodyStatus.Complete)
        {
            BodyAnalysis.RefuseBroken(exchange, context, status);
            return;
        }

        if (target.IsProvider)
        {
            context.Trace.BeginAttempt(exchange, context);
        }

        await (isKept ? RelayKeptAsync(exchange, context, target) : RelayStreamedAsync(exchange, context, target));
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask RelayKeptAsync(Exchange exchange, ProxyContext context, PlainTarget target)
    {
        for (var fresh = false; ; fresh = true)
        {
            if (!await RentAsync(exchange, context, target, fresh))
            {
                return;
            }

            var upstream = context.Lease.Connection!;
            target.WriteHead(upstream.Writer, exchange.Request, context.Trace, exchange.Body.DeclaredLength);
            RequestRewriter.Append(upstream.Writer, exchange.Body.Received);

            // As in an attempt: an answer that comes before the request is read counts.
            var sending = upstream.Writer.FlushAsync();
            var head = await upstream.ReadHeadAsync(exchange.Request.Method == RequestMethod.Head);
            context.IsStillSending = !sending.IsCompleted;
            if (sending.IsCompleted)
            {
                _ = await sending;
            }

            if (head == HeadOutcome.NothingReceived && upstream.IsReused && !context.Lease.IsCanceled)
            {
                context.Lease.Drop();
                continue;
            }

            await AnswerAsync(exchange, context, target, head);
            return;
        }
    }

    // Both directions at once: a provider may answer, or give up, before it has the whole body.
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask RelayStreamedAsync(Exchange exchange, ProxyContext context, PlainTarget target)
    {
        if (!await RentAsync(exchange, context, target, fresh: true))
        {
            return;
        }

        var upstream = context.Lease.Connection!;
        target.WriteHead(upstream.Writer, exchange.Request, context.Trace, exchange.Body.DeclaredLength);
        var pump = RequestPump.RunAsync(exchange, context, upstream);
        var head = await upstream.ReadHeadAsync(exchange.Request.Method == RequestMethod.Head);
        if (head != HeadOutcome.Received && context.RequestEnd is not (BodyStatus.More or BodyStatus.Complete))
        {
            _ = await pump;
            BodyAnalysis.RefuseBroken(exchange, context, context.RequestEnd);
            return;
        }

        await AnswerAsync(exchange, context, target, head);
        if (!pump.IsCompleted)
        {
            exchange.Body.Cancel();
            upstream.Cancel();
        }

        _ = await pump;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private async ValueTask<bool> RentAsync(Exchange exchange, ProxyContext context, PlainTarget target, bool fresh)
    {
        context.Attempts++;
        if (await context.Lease.RentAsync(endpoints.Of(target.Http), fresh))
        {
            context.Times.ConnectedAt = exchange.Reactor.Time.GetTimestamp();
            return true;
        }

        Refuse(exchange, context, target, FailureMapper.OfRent(context));
        return false;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask AnswerAsync(Exchange exchange, ProxyContext context, PlainTarget target, HeadOutcome head)
    {
        var outcome = FailureMapper.OfHead(head, context);
        if (!outcome.IsAnswered)
        {
            Refuse(exchange, context, target, outcome);
            return;
        }

        context.Trace.Status = context.Lease.Connection!.Head.Status;
        context.Times.FirstByteAt = exchange.Reactor.Time.GetTimestamp();
        await ResponseRelay.RelayAsync(exchange, context, decodes: target.IsProvider);
    }

    private void Refuse(Exchange exchange, ProxyContext context, PlainTarget target, AttemptOutcome outcome) =>
        failures.Tell(exchange, context, target.Name, outcome);
}
