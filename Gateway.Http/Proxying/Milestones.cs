using Gateway.Core.Telemetry;

namespace Gateway.Http.Proxying;

/// <summary>When an exchange reached what: timestamps, 0 where it has not.</summary>
internal sealed class Milestones
{
    private const int MostFailed = 16;

    private FailedAttempt[] _failed = [];
    private int _failedCount;

    /// <summary>The client left while a connection to a provider was in use.</summary>
    public long ClientLeftAt { get; set; }

    /// <summary>The attempts that failed; of very many the first ones.</summary>
    public ReadOnlySpan<FailedAttempt> Failed => _failed.AsSpan(0, _failedCount);

    /// <summary>The provider was chosen.</summary>
    public long AskedAt { get; private set; }

    /// <summary>Ticks spent on providers that failed, and on pauses between attempts.</summary>
    public long Earlier { get; private set; }

    /// <summary>A place at the provider was asked for: what came before, such as translation, is the gateway's own doing.</summary>
    public long RentedFrom { get; private set; }

    /// <summary>The provider's gate was passed.</summary>
    public long QueuedUntil { get; set; }

    /// <summary>The connection was there.</summary>
    public long ConnectedAt { get; set; }

    /// <summary>The request was written, and the provider has only to read it.</summary>
    public long WrittenAt { get; set; }

    /// <summary>The first bytes of the answer came.</summary>
    public long FirstByteAt { get; set; }

    /// <summary>The first content of a streamed answer came.</summary>
    public long FirstContentAt { get; private set; }

    /// <summary>What the gateway itself added until the head of the answer, microseconds; below 0 until then.</summary>
    public long OverheadMicroseconds { get; set; }

    /// <summary>Follows the answer piece by piece; null where traffic is not captured.</summary>
    public AnswerWatch? Watch { get; init; }

    /// <summary>A provider is chosen: what was reached with the one before is past.</summary>
    public void Ask(long now)
    {
        Earlier += AskedAt == 0 ? 0 : now - AskedAt;
        AskedAt = now;
        ConnectedAt = FirstByteAt = FirstContentAt = RentedFrom = QueuedUntil = WrittenAt = 0;
    }

    /// <summary>A place is asked for; once more on a fresh connection is still the same wait.</summary>
    public void Rent(long now) => RentedFrom = RentedFrom == 0 ? now : RentedFrom;

    /// <summary>Where the time of an exchange went until now, in ticks of the clock. What neither a provider nor the way to it took is the gateway's.</summary>
    /// <param name="startedAt">When it began.</param>
    /// <param name="now">Now.</param>
    public (long Queue, long Connect, long Provider, long Gateway) Shares(long startedAt, long now)
    {
        var queue = Between(RentedFrom, QueuedUntil);
        var connect = Between(Math.Max(QueuedUntil, RentedFrom), ConnectedAt);
        var provider = Between(WrittenAt, FirstByteAt);
        return (queue, connect, provider, Math.Max(0, now - startedAt - Earlier - queue - connect - provider));
    }

    /// <summary>There is content; only the first time counts.</summary>
    public void SeeContent(TimeProvider time)
    {
        if (FirstContentAt == 0)
        {
            FirstContentAt = time.GetTimestamp();
        }
    }

    /// <summary>An attempt failed. The first one of all makes the room that is kept from then on.</summary>
    public void Fail(in FailedAttempt attempt)
    {
        if (_failed.Length == 0)
        {
            _failed = new FailedAttempt[MostFailed];
        }

        if (_failedCount < MostFailed)
        {
            _failed[_failedCount++] = attempt;
        }
    }

    /// <summary>Nothing has been reached.</summary>
    public void Begin()
    {
        _failedCount = 0;
        ClientLeftAt = 0;
        ConnectedAt = FirstByteAt = FirstContentAt = AskedAt = RentedFrom = QueuedUntil = WrittenAt = Earlier = 0;
        OverheadMicroseconds = -1;
        Watch?.Trail.Clear();
    }

    private static long Between(long from, long to) => from == 0 || to <= from ? 0 : to - from;
}
