using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Where an exchange stands in a distributed trace, and what its providers learn of it. Allocates nothing when warm.</summary>
/// <remarks>Without tracing a valid <c>traceparent</c> passes as it came. With it, each attempt is a span of ours under which
/// the provider's belong; a request that came with none begins a trace.</remarks>
internal sealed class ExchangeTrace(RequestIds ids, TraceSampling sampling, Via via)
{
    private const int MostAttempts = 16;

    private readonly AttemptRecord[] _attempts = sampling.IsOn ? new AttemptRecord[MostAttempts] : [];
    private readonly byte[] _traceId = new byte[TraceContext.TraceIdLength];
    private int _begun;

    /// <summary>The gateway's name among those that a request passed.</summary>
    public Via Via => via;

    /// <summary>The client's span; unset if it told of none.</summary>
    public TraceContext Parent { get; private set; }

    /// <summary>The exchange's own span; unset while tracing is off.</summary>
    public TraceContext Own { get; private set; }

    /// <summary>Status of the answer to the attempt under way; 0 until there is one.</summary>
    public int Status
    {
        set
        {
            if (_begun > 0)
            {
                _attempts[LastIndex].Status = value;
            }
        }
    }

    /// <summary>The attempts, the first ones and the last if there were very many.</summary>
    public ReadOnlySpan<AttemptRecord> Attempts => _attempts.AsSpan(0, Math.Min(_begun, MostAttempts));

    /// <summary>The trace's id as text; empty if there is no trace.</summary>
    public ReadOnlySpan<byte> TraceId
    {
        get
        {
            var context = Own.IsSet ? Own : Parent;
            if (!context.IsSet)
            {
                return default;
            }

            context.WriteTraceId(_traceId);
            return _traceId;
        }
    }

    /// <summary>A new exchange, whose client may have told of a trace. Several such fields are as good as none.</summary>
    public void Begin(HeaderTable fields)
    {
        _begun = 0;
        Own = default;
        var isTold = fields.TryGet(KnownHeader.Traceparent, out var told) && !fields.Repeats(KnownHeader.Traceparent);
        Parent = isTold && TraceContext.TryParse(told, out var parent) ? parent : default;
        if (sampling.IsOn)
        {
            Own = Parent.IsSet ? Parent with { Span = ids.NextTracePart() } : NewTrace();
        }
    }

    /// <summary>A provider is asked now.</summary>
    public void BeginAttempt(Exchange exchange, ProxyContext context)
    {
        if (!Own.IsSet)
        {
            return;
        }

        // Beyond the last place only the span that the provider is told of is new.
        _begun++;
        _attempts[LastIndex] = new AttemptRecord
        {
            Span = ids.NextTracePart(),
            Provider = context.Provider!.Name,
            Model = context.ModelToken,
            StartMicroseconds = Now(exchange),
            EndMicroseconds = ExchangeRecord.NotReached,
        };
    }

    /// <summary>The attempt under way is over, if there is one.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="fault">What failed, as logs name it; null if nothing did.</param>
    public void EndAttempt(Exchange exchange, string? fault)
    {
        if (_begun > 0 && _attempts[LastIndex] is { EndMicroseconds: ExchangeRecord.NotReached })
        {
            _attempts[LastIndex].Fault = fault;
            _attempts[LastIndex].EndMicroseconds = Now(exchange);
        }
    }

    /// <summary>The exchange is over, and with it the attempt that was relayed.</summary>
    public void End(Exchange exchange, ExchangeOutcome outcome) => EndAttempt(exchange, outcome switch
    {
        ExchangeOutcome.ClientAborted => "client_left",
        ExchangeOutcome.ProviderFault => "cut",
        _ => null,
    });

    /// <summary>Whether the field of the client's may go to a provider as it is. Baggage, which may say anything about users, never does.</summary>
    public bool MayPass(KnownHeader field) => field switch
    {
        KnownHeader.Traceparent => Parent.IsSet && !Own.IsSet,
        KnownHeader.Tracestate => Parent.IsSet,
        _ => false,
    };

    /// <summary>Tells the provider of the attempt's span, while tracing is on.</summary>
    public void WriteParent(ref HeadWriter head)
    {
        if (Own.IsSet)
        {
            Span<byte> text = stackalloc byte[TraceContext.Length];
            (_begun > 0 ? Own with { Span = _attempts[LastIndex].Span } : Own).Write(text);
            head.Field("traceparent"u8, text);
        }
    }

    /// <summary>Passes on what the client told, for a request whose fields are otherwise our own.</summary>
    public void WriteAll(ref HeadWriter head, HeaderTable fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields.Known(i) is KnownHeader.Traceparent or KnownHeader.Tracestate && MayPass(fields.Known(i)) && fields.IsForwardable(i))
            {
                head.Field(fields.Name(i), fields.Value(i));
            }
        }

        WriteParent(ref head);
    }

    private int LastIndex => Math.Min(_begun, MostAttempts) - 1;

    private static long Now(Exchange exchange) =>
        (long)exchange.Reactor.Time.GetElapsedTime(exchange.StartedAt, exchange.Reactor.Time.GetTimestamp()).TotalMicroseconds;

    private TraceContext NewTrace()
    {
        var trace = new TraceContext(ids.NextTracePart(), ids.NextTracePart(), ids.NextTracePart(), IsSampled: false);
        return trace with { IsSampled = sampling.Takes(trace.TraceLow) };
    }
}
