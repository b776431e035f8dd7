namespace Gateway.Benchmarks.Results;

/// <summary>How many requests went wrong, beside those that were answered.</summary>
/// <param name="Faults">Those that went wrong.</param>
/// <param name="Answers">Those that did not; of endless streams their events.</param>
internal readonly record struct FaultCount(long Faults, long Answers)
{
    // Standard deviations that chance is allowed: beyond lies one case of twenty.
    private const double Chance = 2;

    /// <summary>What went wrong of all; null of nothing.</summary>
    public double? Share => Faults + Answers == 0 ? null : (double)Faults / (Faults + Answers);

    /// <summary>Those of a round, or of a whole series.</summary>
    public static FaultCount Of(RoundResult result) => new(result.Faults.Values.Sum(), result.Requests > 0 ? result.Requests : result.Events);

    /// <summary>Whether the shares differ by more than chance: any fault does where there was none.</summary>
    public bool DiffersFrom(FaultCount other)
    {
        if (Share is not { } share || other.Share is not { } otherShare || share == otherShare)
        {
            return false;
        }

        double all = Faults + Answers;
        double otherAll = other.Faults + other.Answers;
        var pooled = (Faults + other.Faults) / (all + otherAll);
        return Faults == 0 || other.Faults == 0 || Math.Abs(share - otherShare) > Chance * Math.Sqrt(pooled * (1 - pooled) * ((1 / all) + (1 / otherAll)));
    }
}
