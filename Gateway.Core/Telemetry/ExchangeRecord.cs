namespace Gateway.Core.Telemetry;

/// <summary>What was asked for.</summary>
public enum EndpointKind : byte
{
    /// <summary>None: refused before it was known.</summary>
    Unknown,

    /// <summary>A message, streaming or not.</summary>
    Messages,

    /// <summary>The count of a message's tokens.</summary>
    CountTokens,

    /// <summary>The list of models, or one of them.</summary>
    Models,

    /// <summary>Health, and the client's HEAD probes.</summary>
    Health,

    /// <summary>Another path of the Anthropic API, relayed.</summary>
    Relayed,

    /// <summary>A passthrough route.</summary>
    Passthrough,

    /// <summary>A page of the management API.</summary>
    Management,
}

/// <summary>How an exchange ended, and whose doing it was.</summary>
public enum ExchangeOutcome : byte
{
    /// <summary>The whole answer was delivered.</summary>
    Succeeded,

    /// <summary>The client asked for what cannot be had: 4xx.</summary>
    ClientFault,

    /// <summary>The client left before the end. Never held against a provider.</summary>
    ClientAborted,

    /// <summary>No provider gave a whole answer.</summary>
    ProviderFault,

    /// <summary>The gateway failed.</summary>
    GatewayFault,
}

/// <summary>How far an exchange had come when its client left.</summary>
public enum AbortStage : byte
{
    /// <summary>No provider had been asked.</summary>
    Request,

    /// <summary>The answer was waited for.</summary>
    Waiting,

    /// <summary>The answer was under way.</summary>
    Answer,
}

/// <summary>The facts of one finished exchange.</summary>
/// <remarks>A view: its texts point into the exchange's own buffers, so it lives no longer than the call that takes
/// it. Times are in microseconds since the request's first byte was read, or <see cref="NotReached"/>.</remarks>
public ref struct ExchangeRecord()
{
    /// <summary>Stands in a time that the exchange did not live to see.</summary>
    public const long NotReached = -1;

    /// <summary>Id of the exchange, <see cref="RequestIds"/>.</summary>
    public ReadOnlySpan<byte> RequestId;

    /// <summary>What was asked for.</summary>
    public EndpointKind Endpoint;

    /// <summary>Name of the provider that answered last; empty if none was asked.</summary>
    public ReadOnlySpan<byte> Provider;

    /// <summary>Model the client named; empty if none.</summary>
    public ReadOnlySpan<byte> Model;

    /// <summary>Status sent to the client; 0 if it got no head.</summary>
    public int Status;

    /// <summary>How it ended.</summary>
    public ExchangeOutcome Outcome;

    /// <summary>Providers tried, retries included.</summary>
    public int Attempts;

    /// <summary>The attempts that failed, in order.</summary>
    public ReadOnlySpan<FailedAttempt> Failed;

    /// <summary>Why this provider was the first to be asked, such as <c>warm</c>; empty if none was chosen.</summary>
    public ReadOnlySpan<byte> Reason;

    /// <summary>Body bytes received from the client.</summary>
    public long BytesIn;

    /// <summary>Body bytes sent to the client.</summary>
    public long BytesOut;

    /// <summary>Waited for a free connection of the provider's pool until then.</summary>
    public long QueuedMicroseconds = NotReached;

    /// <summary>A connection to the provider was there.</summary>
    public long ConnectedMicroseconds = NotReached;

    /// <summary>The first byte of the answer's body came.</summary>
    public long FirstByteMicroseconds = NotReached;

    /// <summary>Everything was over.</summary>
    public long TotalMicroseconds = NotReached;

    /// <summary>Tokens, as the provider reported them.</summary>
    public Usage Usage = Usage.None;

    /// <summary>Why the model stopped; empty if unknown.</summary>
    public ReadOnlySpan<byte> StopReason;

    /// <summary>Type of the error sent or relayed; empty if none.</summary>
    public ReadOnlySpan<byte> ErrorType;

    /// <summary>Name of the route; empty if none was taken.</summary>
    public ReadOnlySpan<byte> Route;

    /// <summary>Name of the client; empty where everybody may enter.</summary>
    public ReadOnlySpan<byte> Client;

    /// <summary>Estimated input tokens by reported ones, in millionths; 0 where nothing was estimated.</summary>
    public long EstimateRatio;

    /// <summary>The same of a count by tokenizer that was checked lately; 0 where none was.</summary>
    public long CountRatio;

    /// <summary>What the provider could not be told, names separated by commas; empty if nothing got lost.</summary>
    public ReadOnlySpan<byte> Dropped;

    /// <summary>What of a Chat Completions request no message can say; empty if nothing got lost.</summary>
    public ReadOnlySpan<byte> DroppedOfClient;

    /// <summary>Where the client sits, an IP address; empty where requests are not logged.</summary>
    public ReadOnlySpan<byte> ClientAddress;

    /// <summary>What the request was for, such as <c>main</c>; empty if unknown.</summary>
    public ReadOnlySpan<byte> Kind;

    /// <summary>Claude Code's id of the session; empty if none was sent.</summary>
    public ReadOnlySpan<byte> Session;

    /// <summary>Claude Code's id of the agent; empty if none was sent.</summary>
    public ReadOnlySpan<byte> Agent;

    /// <summary>Id of its trace; empty if none was sent and none is kept.</summary>
    public ReadOnlySpan<byte> TraceId;

    /// <summary>Its own span; unset while tracing is off.</summary>
    public TraceContext Trace;

    /// <summary>The client's span; unset if it told of none.</summary>
    public TraceContext TraceParent;

    /// <summary>Its attempts, one by one; empty while tracing is off.</summary>
    public ReadOnlySpan<AttemptRecord> AttemptSpans;

    /// <summary>What the gateway itself added, microseconds.</summary>
    public long OverheadMicroseconds = NotReached;

    /// <summary>Events of the answer.</summary>
    public long Events;

    /// <summary>Cached tokens that moving to another provider lost.</summary>
    public long CacheLostTokens;

    /// <summary>Blocks of another provider's thinking that were left out.</summary>
    public long ThinkingStripped;

    /// <summary>What it cost, millionths of a dollar.</summary>
    public long CostMicroUsd;

    /// <summary>How its answer went; null where traffic is not captured.</summary>
    public AnswerTrail? Trail;

    /// <summary>Of an exchange that its client left: when. What the synthetic provider says comes without an attempt.</summary>
    public readonly AbortStage AbortStage =>
        FirstByteMicroseconds >= 0 || (Attempts == 0 && Status != 0) ? AbortStage.Answer
        : Attempts > 0 ? AbortStage.Waiting
        : AbortStage.Request;

    /// <summary>All of this as one JSON line, its line feed included, written once for all who keep it; empty for exchanges about no message.</summary>
    public ReadOnlySpan<byte> Line;
}
