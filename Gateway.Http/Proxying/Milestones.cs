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

    /// <summary>The provider's gate was passed.</summary>
    public long QueuedUntil { get; set; }

    /// <summary>The connection was there.</summary>
    public long ConnectedAt { get; set; }

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
        ConnectedAt = FirstByteAt = FirstContentAt = QueuedUntil = 0;
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
        ConnectedAt = FirstByteAt = FirstContentAt = AskedAt = QueuedUntil = Earlier = 0;
        OverheadMicroseconds = -1;
        Watch?.Trail.Clear();
    }
}
