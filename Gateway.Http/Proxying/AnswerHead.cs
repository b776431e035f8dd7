using System.Buffers.Text;
using Gateway.Core.Failover;
using Gateway.Http.Server;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Heads of answers: a provider's as it came, or our own while the client waits; both tell who serves the request.</summary>
internal static class AnswerHead
{
    private const int MostTimingBytes = 160;

    /// <summary>Writes the head as the provider gave it, without what belongs to its connection or to a coding that was undone.</summary>
    public static void Write(Exchange exchange, ProxyContext context, ResponseHead from, bool isDecoded, long length)
    {
        var head = exchange.Response.BeginHead(from.Status, from.Reason);
        from.Headers.Write(ref head, isDecoded ? FieldSet.Forwardable.Without(KnownHeader.ContentEncoding) : FieldSet.Forwardable);
        WriteRouting(ref head, exchange, context);
        exchange.Response.EndHead(ref head, length, hasDate: from.Headers.Has(KnownHeader.Date));
    }

    /// <summary>Begins a stream before anybody answers: from here on every fault is an event.</summary>
    public static void BeginWaiting(Exchange exchange, ProxyContext context)
    {
        context.Seen = ClientView.Waiting;
        var head = exchange.Response.BeginHead(200, default);
        head.Field("content-type"u8, "text/event-stream; charset=utf-8"u8);
        head.Field("cache-control"u8, "no-cache"u8);
        head.Field("request-id"u8, context.RequestId);
        exchange.Response.EndHead(ref head, -1);
    }

    /// <summary>Who served the request, after how many attempts, and where its time went.</summary>
    public static void WriteRouting(ref HeadWriter head, Exchange exchange, ProxyContext context)
    {
        if (context.Plan.Route is not { } route)
        {
            return;
        }

        Span<byte> timing = stackalloc byte[MostTimingBytes];
        timing = timing[..WriteTiming(timing, exchange, context)];
        if (!context.Snapshot.ShowsRouting)
        {
            return;
        }

        if (context.Provider is { } provider)
        {
            head.Field("x-gateway-provider"u8, provider.NameUtf8.Span);
        }

        // The provider's own request-id passes as it came; by this one the log knows the exchange.
        head.Field("x-gateway-request-id"u8, context.RequestId);
        head.Field("x-gateway-route"u8, route.NameUtf8.Span);
        head.Field("x-gateway-attempts"u8, context.Attempts);
        head.Field("server-timing"u8, timing);
    }

    // W3C Server Timing: durations in ms.
    private static int WriteTiming(Span<byte> output, Exchange exchange, ProxyContext context)
    {
        var time = exchange.Reactor.Time;
        var times = context.Times;
        var (queue, connect, provider, gateway) = times.Shares(exchange.StartedAt, time.GetTimestamp());
        times.OverheadMicroseconds = Microseconds(time, gateway);
        var at = Add(output, 0, "queue;dur="u8, Microseconds(time, queue));
        at = Add(output, at, ", connect;dur="u8, Microseconds(time, connect));
        at = Add(output, at, ", provider;dur="u8, Microseconds(time, provider));
        at = times.Earlier > 0 ? Add(output, at, ", failover;dur="u8, Microseconds(time, times.Earlier)) : at;
        return Add(output, at, ", gateway;dur="u8, times.OverheadMicroseconds);
    }

    private static long Microseconds(TimeProvider time, long ticks) => time.GetElapsedTime(0, ticks).Ticks / TimeSpan.TicksPerMicrosecond;

    // Whole milliseconds and three decimals, by integers: formatting a double costs more than all the rest of the head.
    private static int Add(Span<byte> output, int at, ReadOnlySpan<byte> name, long microseconds)
    {
        name.CopyTo(output[at..]);
        at += name.Length;
        _ = Utf8Formatter.TryFormat(microseconds / 1000, output[at..], out var written);
        at += written;
        output[at++] = (byte)'.';
        var (hundreds, rest) = Math.DivRem((int)(microseconds % 1000), 100);
        output[at++] = (byte)('0' + hundreds);
        output[at++] = (byte)('0' + (rest / 10));
        output[at++] = (byte)('0' + (rest % 10));
        return at;
    }
}
