using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>The one place where every exchange ends: counted, logged, its resources given back.</summary>
internal sealed class ExchangeFinish(CounterCells counters, ILogSink log)
{
    public void End(Exchange exchange, ProxyContext context)
    {
        exchange.WhenClientLeaves(null, null);
        var record = Describe(exchange, context);
        counters.Count(record);
        if (context.Snapshot.LogsRequests)
        {
            record.RequestId = context.RequestId;
            record.ConnectedMicroseconds = Since(exchange, context.ConnectedAt);
            record.FirstByteMicroseconds = Since(exchange, context.FirstByteAt);
            record.TotalMicroseconds = Since(exchange, exchange.Reactor.Time.GetTimestamp());
            AccessLine.Write(log, record);
        }

        context.End();
    }

    /// <summary>Counts bytes that were no request.</summary>
    public void CountRefusal()
    {
        counters.Add(Counter.Requests);
        counters.Add(Counter.ClientFaults);
    }

    private static ExchangeRecord Describe(Exchange exchange, ProxyContext context) => new()
    {
        Endpoint = context.Endpoint,
        Provider = context.Provider is { } provider ? provider.NameUtf8.Span : default,
        Model = context.Scanner.Result.Model,
        Status = exchange.Response.Status,
        Outcome = context.Outcome,
        Attempts = context.Attempts,
        BytesIn = exchange.Body.ReceivedBytes,
        BytesOut = exchange.Response.BodyBytes,
        Usage = context.Usage,
        StopReason = context.Tap.StopReason,
        ErrorType = context.Tap.ErrorType,
    };

    private static long Since(Exchange exchange, long timestamp) =>
        timestamp == 0 ? ExchangeRecord.NotReached
        : (long)exchange.Reactor.Time.GetElapsedTime(exchange.StartedAt, timestamp).TotalMicroseconds;
}
