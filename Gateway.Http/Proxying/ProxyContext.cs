using System.Buffers;
using Gateway.Core.Analysis;
using Gateway.Core.Providers;
using Gateway.Core.Relay;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Http.Body;
using Gateway.Http.Server;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;

namespace Gateway.Http.Proxying;

/// <summary>Everything the gateway knows about one exchange beyond HTTP. Pooled per reactor, so its buffers stay warm.</summary>
internal sealed class ProxyContext : IBodySink
{
    private readonly Deadline _total;
    private readonly byte[] _requestId = new byte[RequestIds.Length];
    private readonly RequestIds _ids;
    private bool _isNamed;

    public ProxyContext(Reactor reactor, UpstreamPools pools, RequestIds ids)
    {
        _ids = ids;
        Lease = new UpstreamLease(pools);
        Pause = new Pause(reactor);
        Decoded = new BlockBuffer(reactor.Blocks);
        _total = new Deadline(reactor, static context => ((ProxyContext)context).TimeIsUp(), this);
    }

    /// <summary>The configuration this exchange lives under.</summary>
    public GatewaySnapshot Snapshot { get; private set; } = null!;

    /// <summary>Reads the request's body.</summary>
    public RequestScanner Scanner { get; } = new();

    /// <summary>Reads the answer beside the relay.</summary>
    public AnswerTap Tap { get; } = new();

    /// <summary>The hold on a provider.</summary>
    public UpstreamLease Lease { get; }

    /// <summary>A wait that ends early when the client leaves.</summary>
    public Pause Pause { get; }

    /// <summary>A body that came compressed, decoded.</summary>
    public BlockBuffer Decoded { get; }

    /// <summary>What is sent to the provider.</summary>
    public ReadOnlySequence<byte> Body { get; set; }

    /// <summary>The body is the decoded one.</summary>
    public bool IsDecoded { get; set; }

    /// <summary>Scan the pieces as they arrive; a compressed body is scanned after decoding.</summary>
    public bool ScansOnArrival { get; set; }

    /// <summary>How far the request's body has come on its way through; <see cref="BodyStatus.More"/> until it ends.</summary>
    public BodyStatus RequestEnd { get; set; }

    /// <summary>The answer is an event stream: a fault in its midst can be told.</summary>
    public bool IsEventStream { get; set; }

    /// <summary>Who answers.</summary>
    public Provider? Provider { get; set; }

    /// <summary>What was asked for.</summary>
    public EndpointKind Endpoint { get; set; }

    /// <summary>Attempts so far, retries on a fresh connection included.</summary>
    public int Attempts { get; set; }

    /// <summary>The provider answered before it had read the whole request: the body's memory is still in use.</summary>
    public bool IsStillSending { get; set; }

    /// <summary>How the exchange ended.</summary>
    public ExchangeOutcome Outcome { get; set; }

    /// <summary>Time for the whole exchange is over.</summary>
    public bool HasTimedOut { get; private set; }

    /// <summary>Timestamps of the milestones, 0 where not reached.</summary>
    public long ConnectedAt { get; set; }

    /// <summary>When the first bytes of the answer came.</summary>
    public long FirstByteAt { get; set; }

    /// <summary>The id under which this exchange is logged and answered.</summary>
    public ReadOnlySpan<byte> RequestId
    {
        get
        {
            // Most exchanges end without anybody asking for their name.
            if (!_isNamed)
            {
                _ids.Next(_requestId);
                _isNamed = true;
            }

            return _requestId;
        }
    }

    public void Begin(Exchange exchange, GatewaySnapshot snapshot)
    {
        _isNamed = false;
        Snapshot = snapshot;
        Scanner.Reset();
        Tap.Begin(AnswerKind.Opaque);
        Lease.Begin();
        Provider = null;
        Endpoint = EndpointKind.Unknown;
        Attempts = 0;
        Outcome = ExchangeOutcome.Succeeded;
        HasTimedOut = false;
        IsDecoded = false;
        IsStillSending = false;
        RequestEnd = BodyStatus.More;
        ScansOnArrival = false;
        ConnectedAt = FirstByteAt = 0;
        _total.Start(snapshot.RequestTimeoutMs);
        exchange.WhenClientLeaves(static context => ((ProxyContext)context).ClientLeft(), this);
    }

    public void End()
    {
        _total.Stop();
        Lease.Return();
        Decoded.Clear();
        Body = default;
    }

    public void Receive(in ReadOnlySequence<byte> bytes)
    {
        if (ScansOnArrival)
        {
            Scan(bytes);
        }
    }

    /// <summary>Shows the scanner the next piece of JSON.</summary>
    public void Scan(in ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            _ = Scanner.Feed(segment.Span);
        }
    }

    private void ClientLeft()
    {
        Lease.Cancel();
        Pause.Interrupt();
    }

    private void TimeIsUp()
    {
        HasTimedOut = true;
        Lease.Cancel();
        Pause.Interrupt();
    }
}
