using Gateway.Core.Telemetry;

namespace Gateway.Host.Export;

/// <summary>A copy of what is exported of a finished exchange. Reused; copying allocates nothing.</summary>
internal sealed class ExchangeFacts
{
    // Names that configurations and vendors give are far shorter; what strangers make up is cut.
    private const int Longest = 128;
    private const int MostAttempts = 16;

    private readonly byte[] _texts = new byte[(int)ExchangeText.Count * Longest];
    private readonly int[] _lengths = new int[(int)ExchangeText.Count];
    private readonly AttemptRecord[] _attempts = new AttemptRecord[MostAttempts];
    private int _count;

    /// <summary>Its span.</summary>
    public TraceContext Trace { get; private set; }

    /// <summary>The client's span; unset without one.</summary>
    public TraceContext Parent { get; private set; }

    /// <summary>When its first byte was read.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>How long it took.</summary>
    public long TotalMicroseconds { get; private set; }

    /// <summary>What was asked for.</summary>
    public EndpointKind Endpoint { get; private set; }

    /// <summary>Status sent to the client; 0 if it got no head.</summary>
    public int Status { get; private set; }

    /// <summary>How it ended.</summary>
    public ExchangeOutcome Outcome { get; private set; }

    /// <summary>Tokens, as the provider reported them.</summary>
    public Usage Usage { get; private set; }

    /// <summary>What it cost, millionths of a dollar.</summary>
    public long CostMicroUsd { get; private set; }

    /// <summary>To the first byte of the answer, microseconds; below 0 if none came.</summary>
    public long FirstByteMicroseconds { get; private set; }

    /// <summary>Its attempts.</summary>
    public ReadOnlySpan<AttemptRecord> Attempts => _attempts.AsSpan(0, _count);

    /// <summary>One of its texts; empty if it was not said.</summary>
    public ReadOnlySpan<byte> Text(ExchangeText which) => _texts.AsSpan((int)which * Longest, _lengths[(int)which]);

    /// <summary>Takes over the facts.</summary>
    public void Copy(in ExchangeRecord record, DateTimeOffset now)
    {
        Trace = record.Trace;
        Parent = record.TraceParent;
        TotalMicroseconds = Math.Max(0, record.TotalMicroseconds);
        StartedAt = now - TimeSpan.FromMicroseconds(TotalMicroseconds);
        Endpoint = record.Endpoint;
        Status = record.Status;
        Outcome = record.Outcome;
        Usage = record.Usage;
        CostMicroUsd = record.CostMicroUsd;
        FirstByteMicroseconds = record.FirstByteMicroseconds;
        _count = Math.Min(record.AttemptSpans.Length, MostAttempts);
        record.AttemptSpans[.._count].CopyTo(_attempts);
        Keep(ExchangeText.RequestId, record.RequestId);
        Keep(ExchangeText.Provider, record.Provider);
        Keep(ExchangeText.Model, record.Model);
        Keep(ExchangeText.Route, record.Route);
        Keep(ExchangeText.Kind, record.Kind);
        Keep(ExchangeText.Session, record.Session);
        Keep(ExchangeText.Agent, record.Agent);
        Keep(ExchangeText.StopReason, record.StopReason);
        Keep(ExchangeText.ErrorType, record.ErrorType);
    }

    // A cut in the midst of a character would be no text.
    private void Keep(ExchangeText which, ReadOnlySpan<byte> value)
    {
        var length = Math.Min(value.Length, Longest);
        while (length < value.Length && length > 0 && (value[length] & 0xC0) == 0x80)
        {
            length--;
        }

        value[..length].CopyTo(_texts.AsSpan((int)which * Longest));
        _lengths[(int)which] = length;
    }
}

/// <summary>The texts among the facts.</summary>
internal enum ExchangeText
{
    /// <summary>Id of the exchange.</summary>
    RequestId,

    /// <summary>Who answered last.</summary>
    Provider,

    /// <summary>Model the client named.</summary>
    Model,

    /// <summary>Name of the route.</summary>
    Route,

    /// <summary>What the request was for.</summary>
    Kind,

    /// <summary>Id of the session.</summary>
    Session,

    /// <summary>Id of the agent.</summary>
    Agent,

    /// <summary>Why the model stopped.</summary>
    StopReason,

    /// <summary>Type of the error sent or relayed.</summary>
    ErrorType,

    /// <summary>How many there are.</summary>
    Count,
}
