using System.Runtime.CompilerServices;
using Gateway.Core.Failover;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;

namespace Gateway.Http.Proxying;

/// <summary>One try to have a provider answer, up to the head of its response.</summary>
internal sealed class ProviderAttempt(ProviderEndpoints endpoints)
{
    /// <summary>Sends the kept body; the outcome is a value, and the connection stays with the context's lease.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public async ValueTask<AttemptOutcome> SendAsync(Exchange exchange, ProxyContext context, ReadOnlyMemory<byte> path)
    {
        var endpoint = endpoints.Of(context.Provider!.Target!);
        for (var fresh = false; ; fresh = true)
        {
            context.Attempts++;
            if (!await context.Lease.RentAsync(endpoint, fresh))
            {
                return FailureMapper.OfRent(context);
            }

            context.ConnectedAt = exchange.Reactor.Time.GetTimestamp();
            var upstream = context.Lease.Connection!;
            WriteRequest(exchange, context, upstream, path.Span);

            // A provider may answer before it has read everything, and then read no more: its response counts, not the send.
            var sending = upstream.Writer.FlushAsync();
            var head = await upstream.ReadHeadAsync(requestWasHead: false);
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

            context.FirstByteAt = exchange.Reactor.Time.GetTimestamp();
            return FailureMapper.OfHead(head, context);
        }
    }

    private static void WriteRequest(Exchange exchange, ProxyContext context, UpstreamConnection upstream, ReadOnlySpan<byte> path)
    {
        var scanned = context.Scanner.Result;
        var isMapped = context.Provider!.ModelMap.TryMap(scanned.Model, out var model);
        var length = context.Body.Length + (isMapped ? model.Length - scanned.ModelLength : 0);
        RequestRewriter.WriteHead(upstream.Writer, exchange.Request, context.Provider, path, length, context.IsDecoded);
        RequestRewriter.WriteBody(upstream.Writer, context.Body, scanned, isMapped ? model : default);
    }
}
