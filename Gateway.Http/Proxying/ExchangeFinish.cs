using System.Text;
using Gateway.Core.Analysis;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Core.Selection;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>The one place where every exchange ends: counted, measured, logged, its resources given back. One per reactor.</summary>
internal sealed class ExchangeFinish(CounterCells counters, GatewayMetrics metrics, MetricsWriter writer, IExchangeObserver observer, ILogSink log)
{
    private readonly JsonLogLine _line = new();

    private static ReadOnlySpan<byte> Other => "other"u8;

    /// <summary>An exchange begins.</summary>
    public void Begin() => counters.Add(Counter.Begun);

    /// <summary>An exchange has ended.</summary>
    public void End(Exchange exchange, ProxyContext context)
    {
        exchange.WhenClientLeaves(null, null);
        context.Trace.End(exchange, context.Outcome);
        var record = Describe(exchange, context);
        counters.Count(record);
        if (context.Provider is { } provider && context.Plan.Route is { } route)
        {
            var model = ModelOf(context, provider);
            writer.Record(record, TrafficSlot(provider, route, model), ProviderSlot(provider));
        }

        if (record.ThinkingStripped > 0)
        {
            metrics.Rare.Add("gateway_thinking_stripped_total", $"provider=\"{context.Provider!.Name}\"", record.ThinkingStripped);
        }

        if (context.Snapshot.LogsRequests)
        {
            AccessLine.Write(log, record);
        }

        if (context.Endpoint is EndpointKind.Messages or EndpointKind.CountTokens)
        {
            _line.Begin(exchange.Reactor.Time.GetUtcNow(), LogLevel.Info, "exchange"u8);
            AccessLine.Fill(_line, record);
            _line.End();
            record.Line = _line.Written;
        }

        observer.Finished(record);
        context.End();
        if (context.Times.ClientLeftAt is var leftAt and > 0)
        {
            writer.UpstreamCancel.Add((long)exchange.Reactor.Time.GetElapsedTime(leftAt, exchange.Reactor.Time.GetTimestamp()).TotalMicroseconds);
        }
    }

    /// <summary>Counts bytes that were no request.</summary>
    public void CountRefusal()
    {
        counters.Add(Counter.Begun);
        counters.Add(Counter.Requests);
        counters.Add(Counter.ClientFaults);
    }

    private static ExchangeRecord Describe(Exchange exchange, ProxyContext context) => new()
    {
        RequestId = context.Snapshot.LogsRequests || context.Endpoint == EndpointKind.Messages ? context.RequestId : default,
        Endpoint = context.Endpoint,
        Provider = context.Provider is { } provider ? provider.NameUtf8.Span : default,
        Model = context.Scanner.Result.Model,
        Route = context.Plan.Route is { } route ? route.NameUtf8.Span : default,
        Client = context.Ticket.Client is { } client ? client.NameUtf8.Span : default,
        Kind = context.Plan.Route is null ? default : NameOf(context.Kind),
        ClientAddress = context.Hints.Address.Text,
        Session = context.Hints.Session,
        Agent = context.Hints.Agent,
        TraceId = context.Trace.TraceId,
        Trace = context.Trace.Own,
        TraceParent = context.Trace.Parent,
        AttemptSpans = context.Trace.Attempts,
        Status = exchange.Response.Status,
        Outcome = context.Outcome,
        Attempts = context.Attempts,
        Failed = context.Times.Failed,
        Reason = context.Plan.HasOrder ? context.Plan.Reason.Name() : default,
        BytesIn = exchange.Body.ReceivedBytes,
        BytesOut = exchange.Response.BodyBytes,
        Usage = context.Usage,
        EstimateRatio = context.Provider is { Dialect: not Dialect.Anthropic } ? context.Translation.TakeEstimateRatio() : 0,
        CountRatio = context.Provider is { State.IsAskedForCounts: true } ? TokenEstimates.CorrectionsOf(context).TakeCountRatio() : 0,
        Events = context.Tap.Events,
        CacheLostTokens = context.CacheLost,
        ThinkingStripped = context.Fit.Stripped,
        Dropped = context.Provider is { Dialect: not Dialect.Anthropic } ? context.Translation.Request.Dropped : default,
        DroppedOfClient = context.Provider is { } asked && !context.Chat.IsFor(asked) ? context.Chat.Dropped : default,
        CostMicroUsd = context.Ticket.CostMicroUsd,
        StopReason = context.Tap.StopReason,
        ErrorType = context.Tap.ErrorType,
        QueuedMicroseconds = Since(exchange, context.Times.QueuedUntil),
        ConnectedMicroseconds = Since(exchange, context.Times.ConnectedAt),
        FirstByteMicroseconds = Since(exchange, context.Times.FirstByteAt),
        OverheadMicroseconds = context.Times.OverheadMicroseconds,
        Trail = context.Times.Watch is { Trail: { IsOn: true } trail } ? trail : null,
        TotalMicroseconds = Since(exchange, exchange.Reactor.Time.GetTimestamp()),
    };

    // The provider's model where the configuration bounds it; what clients think up shares one line.
    private static ReadOnlySpan<byte> ModelOf(ProxyContext context, Provider provider)
    {
        var token = context.ModelToken.Span;
        return !token.IsEmpty ? token[1..^1] : provider.Names(context.Scanner.Result.Model) ? context.Scanner.Result.Model : Other;
    }

    private int TrafficSlot(Provider provider, Core.Routing.Route route, ReadOnlySpan<byte> model)
    {
        var key = StableHash.Join(StableHash.Join(provider.Hash, StableHash.Of(route.NameUtf8.Span)), StableHash.Of(model));
        var slot = metrics.Traffic.Find(key);
        return slot >= 0 ? slot : metrics.Traffic.Add(key, new TrafficLabels(provider.Name, route.Name, Encoding.UTF8.GetString(model)));
    }

    private int ProviderSlot(Provider provider)
    {
        var slot = metrics.Providers.Find(provider.Hash);
        return slot >= 0 ? slot : metrics.Providers.Add(provider.Hash, provider.Name);
    }

    private static ReadOnlySpan<byte> NameOf(RequestKind kind) => kind switch
    {
        RequestKind.Main => "main"u8,
        RequestKind.Subagent => "subagent"u8,
        RequestKind.Workflow => "workflow"u8,
        RequestKind.Compaction => "compaction"u8,
        _ => "auxiliary"u8,
    };

    private static long Since(Exchange exchange, long timestamp) =>
        timestamp == 0 ? ExchangeRecord.NotReached
        : (long)exchange.Reactor.Time.GetElapsedTime(exchange.StartedAt, timestamp).TotalMicroseconds;
}
