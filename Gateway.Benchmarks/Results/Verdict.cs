namespace Gateway.Benchmarks.Results;

/// <summary>What two runs prove about a figure.</summary>
internal enum Verdict
{
    /// <summary>Nothing: the difference is within what the rounds differ among themselves.</summary>
    Undecided,

    /// <summary>Nothing: there are too few rounds to know the spread.</summary>
    TooFewRounds,

    /// <summary>Nothing: the two runs were not made alike.</summary>
    Unlike,

    /// <summary>Nothing: the run without the gateway has moved the same way, so it was the machine.</summary>
    MachineMoved,

    /// <summary>The later run is better.</summary>
    Better,

    /// <summary>The later run is worse.</summary>
    Worse,
}
