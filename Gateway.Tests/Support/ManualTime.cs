namespace Gateway.Tests.Support;

/// <summary>A clock that only moves when told; thread-safe.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _milliseconds;

    /// <inheritdoc/>
    public override long TimestampFrequency => 1_000;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _milliseconds);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMilliseconds(GetTimestamp());

    /// <summary>Moves the clock.</summary>
    public void Advance(long milliseconds) => Interlocked.Add(ref _milliseconds, milliseconds);
}
