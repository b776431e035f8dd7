using System.Runtime.CompilerServices;
using Gateway.Core.Configuration;
using Gateway.Core.Failover;
using Gateway.Core.Selection;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;

namespace Gateway.Http.Proxying;

/// <summary>One try to have a provider answer, up to the head of its response.</summary>
internal sealed class ProviderAttempt(ProviderEndpoints endpoints)
{
    private const int LongestQueueMs = 5_000;

    /// <summary>Sends the kept body; the outcome is a value, and the connection stays with the context's lease.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<AttemptOutcome> SendAsync(Exchange exchange, ProxyContext context, ReadOnlyMemory<byte> path)
    {
        var provider = context.Provider!;
        var endpoint = endpoints.Of(context.Key!.Target!);
        context.Tries++;
        for (var fresh = false; ; fresh = true)
        {
            context.Attempts++;
            if (!await RentAsync(exchange, context, endpoint, fresh))
            {
                return FailureMapper.OfRent(context);
            }

            var upstream = context.Lease.Connection!;
            WriteRequest(exchange, context, upstream, path.Span);
            context.Times.WrittenAt = exchange.Reactor.Time.GetTimestamp();

            // A provider may answer before it has read everything, and then read no more: its response counts, not the send.
            var sending = upstream.Writer.FlushAsync();
            context.Clock.Start(ClockPhase.Head, context.Scanner.Result.IsStreaming ? provider.HeadTimeoutMs : provider.WholeHeadTimeoutMs);
            var head = await context.Patience.WatchAsync(upstream.ReadHeadAsync(requestWasHead: false));
            if (head == HeadOutcome.Received)
            {
                context.Clock.Start(ClockPhase.FirstContent, provider.FirstContentTimeoutMs);
            }

            context.IsStillSending = !sending.IsCompleted;
            if (sending.IsCompleted)
            {
                _ = await sending;
            }

            if (head == HeadOutcome.NothingReceived && upstream.IsReused && !context.Lease.IsCanceled)
            {
                // It died of age between two exchanges: nobody's fault, and once more on a fresh one.
                context.Lease.Drop();
                continue;
            }

            context.Times.FirstByteAt = exchange.Reactor.Time.GetTimestamp();
            return FailureMapper.OfMessageHead(head, context);
        }
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<bool> RentAsync(Exchange exchange, ProxyContext context, UpstreamEndpoint endpoint, bool fresh)
    {
        if ((endpoint.MaxConcurrent > 0 || endpoint.MaxInGroup > 0) && !fresh && context.Tries < context.Snapshot.MaxAttempts)
        {
            StartQueueClock(exchange, context);
        }

        context.Times.Rent(exchange.Reactor.Time.GetTimestamp());
        var isRented = await context.Patience.WatchAsync(context.Lease.RentAsync(endpoint, fresh));
        context.Times.QueuedUntil = context.Lease.GatePassedAt;
        context.Times.ConnectedAt = exchange.Reactor.Time.GetTimestamp();

        // Nobody was asked where the way leads back to us.
        context.Tries -= context.Lease.Failure.Kind == ConnectFailureKind.LeadsBack ? 1 : 0;
        return isRented;
    }

    // Somebody else to ask, or another key, is better than a long queue; where there is none, the queue is better than an error.
    private static void StartQueueClock(Exchange exchange, ProxyContext context)
    {
        if (context.Plan.HasNext)
        {
            context.Clock.Start(ClockPhase.Queue, LongestQueueMs);
        }
        else if (KeyChoice.HasOtherPlace(context.Provider!, context.Key!, exchange.Reactor.NowMs))
        {
            context.Clock.Start(ClockPhase.KeyQueue, LongestQueueMs);
        }
    }

    private static void WriteRequest(Exchange exchange, ProxyContext context, UpstreamConnection upstream, ReadOnlySpan<byte> path)
    {
        if (context.Chat.IsFor(context.Provider!))
        {
            context.Chat.Write(exchange, context, upstream);
            return;
        }

        if (context.Provider!.Dialect != Dialect.Anthropic)
        {
            TranslatedRequest.Write(exchange, context, upstream);
            return;
        }

        if (RequestFit.Prepare(exchange, context))
        {
            RequestRewriter.WriteHead(
                upstream.Writer, exchange.Request, context.Provider!, context.Key!, path, context.Trace, context.Outgoing.Length, context.IsDecoded,
                addsVersion: exchange.Response.Edge is not null, context.Fit.Drops);
            RequestRewriter.Append(upstream.Writer, context.Outgoing.Content);
            return;
        }

        var scanned = context.Scanner.Result;
        var model = context.ModelToken.Span;
        var length = context.Body.Length + (model.IsEmpty ? 0 : model.Length - scanned.ModelLength);
        RequestRewriter.WriteHead(
            upstream.Writer, exchange.Request, context.Provider!, context.Key!, path, context.Trace, length, context.IsDecoded,
            addsVersion: exchange.Response.Edge is not null, context.Fit.Drops);
        RequestRewriter.WriteBody(upstream.Writer, context.Body, scanned, model);
    }
}
