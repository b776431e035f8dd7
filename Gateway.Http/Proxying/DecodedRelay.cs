using System.Runtime.CompilerServices;
using Gateway.Http.Body;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Relays an answer that came compressed although nobody asked for it: decoded, as soon as each piece can be.</summary>
internal static class DecodedRelay
{
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    public static async ValueTask<BodyStatus> RelayAsync(Exchange exchange, ProxyContext context)
    {
        var source = context.Held.Source;
        while (true)
        {
            if (!await exchange.Response.FlushAsync())
            {
                context.Lease.Cancel();
            }

            context.WaitForBytes();
            var status = await context.Patience.WatchAsync(source.ReadAsync());
            source.Observe(context.Tap);
            source.Pass(exchange.Response);
            if (context.Tap.ContentStarted)
            {
                context.Times.SeeContent(exchange.Reactor.Time);
            }

            if (status != BodyStatus.More)
            {
                return status;
            }
        }
    }
}
