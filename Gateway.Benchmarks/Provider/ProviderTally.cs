namespace Gateway.Benchmarks.Provider;

/// <summary>What the scripted provider has done so far.</summary>
/// <param name="Requests">Whole requests it has seen.</param>
/// <param name="Events">Deltas of the streams it has finished.</param>
/// <param name="Faults">Requests it answered badly on purpose.</param>
internal readonly record struct ProviderTally(long Requests, long Events, long Faults)
{
    /// <summary>What was done between two counts.</summary>
    public static ProviderTally operator -(ProviderTally later, ProviderTally earlier) =>
        new(later.Requests - earlier.Requests, later.Events - earlier.Events, later.Faults - earlier.Faults);
}
