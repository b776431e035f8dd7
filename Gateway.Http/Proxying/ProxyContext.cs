using System.Buffers;
using Gateway.Core.Analysis;
using Gateway.Core.Configuration;
using Gateway.Core.Failover;
using Gateway.Core.Health;
using Gateway.Core.Providers;
using Gateway.Core.Relay;
using Gateway.Core.Selection;
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
    private readonly ExchangeId _id;
    private readonly Reactor _reactor;
    private Provider? _entered;
    private KeyState? _enteredGroup;
    private ExchangeTranslation? _translation;

    public ProxyContext(Reactor reactor, UpstreamPools pools, RequestIds ids, GatewayServices services)
    {
        (_id, _reactor) = (new ExchangeId(ids), reactor);
        Lease = new UpstreamLease(pools);
        Trace = new ExchangeTrace(ids, services.Traces, services.Via);
        Times = new Milestones { Watch = services.Captures == CaptureScope.Nothing ? null : new AnswerWatch(reactor, services.Captures == CaptureScope.Bodies) };
        Pause = new Pause(reactor);
        Decoded = new BlockBuffer(reactor.Blocks);
        Outgoing = new BlockBuffer(reactor.Blocks);
        Incoming = new BlockBuffer(reactor.Blocks);
        Clock = new AttemptClock(reactor, Lease);
        Patience = new Patience(reactor);
        Saved = new SavedAnswer(new BlockBuffer(reactor.Blocks));
        Chat = new ChatOriginal(new BlockBuffer(reactor.Blocks));
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

    /// <summary>Bytes of our own making on their way to a provider.</summary>
    public BlockBuffer Outgoing { get; }

    /// <summary>Bytes of our own making on their way to the client.</summary>
    public BlockBuffer Incoming { get; }

    /// <summary>The client's request, if it speaks OpenAI's dialect.</summary>
    public ChatOriginal Chat { get; }

    /// <summary>Translation to and from another dialect.</summary>
    public ExchangeTranslation Translation => _translation ??= new ExchangeTranslation();

    /// <summary>The tokens of the answer.</summary>
    public Usage Usage => Provider is { Dialect: not Dialect.Anthropic } && _translation is { Answer: { HasStarted: true, Usage: var usage } }
        ? new Usage(usage.Input, usage.Output, usage.CacheRead, usage.CacheCreation, _translation.Answer.HasFigures ? UsageSource.Final : UsageSource.Partial)
        : Tap.Bill;

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

    /// <summary>Clocks of the attempt under way.</summary>
    public AttemptClock Clock { get; }

    /// <summary>Keeps a waiting client company.</summary>
    public Patience Patience { get; }

    /// <summary>An answer, or the beginning of one, that is kept back.</summary>
    public SavedAnswer Saved { get; }

    /// <summary>How the beginning of an answer is held back.</summary>
    public HeldAnswer Held { get; } = new();

    /// <summary>How the request was changed to fit its provider.</summary>
    public FitState Fit { get; } = new();

    /// <summary>Who is asked, in which order.</summary>
    public AttemptPlan Plan { get; } = new();

    /// <summary>The client's header fields.</summary>
    public RequestFields Fields { get; } = new();

    /// <summary>What the client says about itself.</summary>
    public ClientHints Hints { get; } = new();

    /// <summary>Where it stands in a distributed trace.</summary>
    public ExchangeTrace Trace { get; }

    /// <summary>What the client has got.</summary>
    public ClientView Seen { get; set; }

    /// <summary>Bytes of a provider's answer have been passed on.</summary>
    public bool HasRelayed { get; set; }

    /// <summary>The pause the provider asked for, ms; below 0 for none.</summary>
    public long RetryAfterMs { get; set; }

    /// <summary>The provider's x-should-retry.</summary>
    public bool? ShouldRetry { get; set; }

    /// <summary>Attempts that may have reached a provider; a repeated send on a fresh connection is none of its own.</summary>
    public int Tries { get; set; }

    /// <summary>This provider has its second attempt.</summary>
    public bool RetriedHere { get; set; }

    /// <summary>This attempt counts against the retry budget.</summary>
    public bool HoldsRetry { get; set; }

    /// <summary>The conversation on its route; 0 for none.</summary>
    public ulong Conversation { get; set; }

    /// <summary>Cached tokens that moving to another provider lost.</summary>
    public long CacheLost { get; set; }

    /// <summary>The model as a JSON string, if the client named the provider before it.</summary>
    public ReadOnlyMemory<byte> ClientModel { get; set; }

    /// <summary>The model that this attempt asks for, as a JSON string; empty to leave the client's.</summary>
    public ReadOnlyMemory<byte> ModelToken { get; set; }

    /// <summary>Who answers.</summary>
    public Provider? Provider { get; set; }

    /// <summary>Who asks, and what is held for that.</summary>
    public AdmissionTicket Ticket { get; } = new();

    /// <summary>With which of its keys.</summary>
    public ProviderKey? Key { get; set; }

    /// <summary>What was asked for.</summary>
    public EndpointKind Endpoint { get; set; }

    /// <summary>Attempts so far, retries on a fresh connection included.</summary>
    public int Attempts { get; set; }

    /// <summary>The provider answered before it had read the whole request: the body's memory is still in use.</summary>
    public bool IsStillSending { get; set; }

    /// <summary>The request is kept, as another attempt may need it: <see cref="RequestMemory"/>.</summary>
    public bool HoldsRequest { get; set; }

    /// <summary>How the exchange ended.</summary>
    public ExchangeOutcome Outcome { get; set; }

    /// <summary>Time for the whole exchange is over.</summary>
    public bool HasTimedOut { get; private set; }

    /// <summary>What the request is for.</summary>
    public RequestKind Kind { get; set; }

    /// <summary>When it reached what.</summary>
    public Milestones Times { get; }

    /// <summary>The id under which this exchange is logged and answered.</summary>
    public ReadOnlySpan<byte> RequestId => _id.Text;

    public void Begin(Exchange exchange, GatewaySnapshot snapshot)
    {
        _id.Begin();
        Snapshot = snapshot;
        Scanner.Reset();
        Tap.Begin(AnswerKind.Opaque);
        Lease.Begin();
        (Provider, Key) = (null, null);
        Attempts = Tries = 0;
        (Endpoint, Outcome, RequestEnd) = (EndpointKind.Unknown, ExchangeOutcome.Succeeded, BodyStatus.More);
        HasTimedOut = HasRelayed = IsDecoded = IsStillSending = ScansOnArrival = RetriedHere = HoldsRetry = false;
        HoldsRequest = true;
        Times.Begin();
        Fields.Table = exchange.Request.Headers;
        Plan.Clear();
        Seen = ClientView.Nothing;
        Held.Begin();
        Fit.Begin();
        Hints.Begin();
        Trace.Begin(exchange.Request.Headers);
        Ticket.Begin();
        (Conversation, CacheLost) = (0, 0);
        ModelToken = ClientModel = default;
        Clock.Begin();
        _total.Start(snapshot.RequestTimeoutMs);
        exchange.WhenClientLeaves(static context => ((ProxyContext)context).ClientLeft(), this);
    }

    public void End()
    {
        _total.Stop();
        Clock.Stop();
        Patience.End();
        LeaveProvider();
        Lease.Return();
        Saved.Clear();
        Held.Source.End();
        Decoded.Clear();
        Outgoing.Clear();
        Incoming.Clear();
        Chat.Clear();
        _translation?.Request.Forget();
        Body = default;
    }

    /// <summary>The attempt counts against its provider from here on.</summary>
    public void EnterProvider(Provider provider)
    {
        LeaveProvider();
        Provider = _entered = provider;
        provider.State.Enter();
        _enteredGroup = Key is { Target.MaxInGroup: > 0 } ? Key.State : null;
        _enteredGroup?.Enter();
    }

    /// <summary>The relay is about to wait for the next bytes: what is expected next decides how long.</summary>
    public void WaitForBytes()
    {
        if (_entered is { } provider && (!IsEventStream || Tap.ContentStarted))
        {
            Clock.Start(ClockPhase.Idle, provider.IdleTimeoutMs);
        }
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

    /// <summary>The attempt counts no more, and gives its places back.</summary>
    public void LeaveProvider()
    {
        _entered?.State.Leave();
        _enteredGroup?.Leave();
        (_entered, _enteredGroup) = (null, null);
        Ticket.Attempt.Leave(Usage, _reactor.NowMs);
    }

    private void ClientLeft()
    {
        Times.ClientLeftAt = Lease.Connection is null ? 0 : _reactor.Time.GetTimestamp();
        Lease.Cancel();
        Pause.Interrupt();
    }

    internal void TimeIsUp()
    {
        HasTimedOut = true;
        Lease.Cancel();
        Pause.Interrupt();
    }
}
