namespace Gateway.Benchmarks.Provider;

/// <summary>What the scripted provider has seen and sent, over all its reactors. Lock-free.</summary>
internal sealed class ProviderCounts
{
    private long _requests;
    private long _events;
    private long _faults;

    /// <summary>Whole requests.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Deltas sent.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Requests that were answered badly on purpose.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>A request has come.</summary>
    public long CountRequest() => Interlocked.Increment(ref _requests);

    /// <summary>Deltas went out.</summary>
    public void CountEvents(int events) => Interlocked.Add(ref _events, events);

    /// <summary>A request was answered badly on purpose.</summary>
    public void CountFault() => Interlocked.Increment(ref _faults);
}
