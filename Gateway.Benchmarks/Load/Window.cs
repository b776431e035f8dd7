namespace Gateway.Benchmarks.Load;

/// <summary>The part of a round that counts, in nanoseconds of the monotonic clock; what comes before warms up.</summary>
/// <param name="From">First instant.</param>
/// <param name="Until">First instant that does not count any more.</param>
internal readonly record struct Window(long From, long Until)
{
    /// <summary>Its length.</summary>
    public double Seconds => (Until - From) / 1e9;

    /// <summary>Whether an instant counts.</summary>
    public bool Contains(long instant) => instant >= From && instant < Until;
}
