namespace Gateway.Benchmarks.Results;

/// <summary>System calls of whoever is measured.</summary>
/// <param name="PerRequest">For each answer; null without one.</param>
/// <param name="PerEvent">For each event; null without one.</param>
internal sealed record SyscallCost(double? PerRequest, double? PerEvent)
{
    /// <summary>The cost of so many calls.</summary>
    public static SyscallCost Of(double calls, long answers, long events) =>
        new(answers > 0 ? calls / answers : null, events > 0 ? calls / events : null);
}
