using Gateway.Benchmarks.Replay;

namespace Gateway.Benchmarks.Provider;

/// <summary>What a scripted provider does.</summary>
/// <param name="Answer">What a request gets that asks for nothing.</param>
/// <param name="Faults">What goes wrong.</param>
internal sealed record ProviderBehaviour(AnswerScript Answer, FaultPlan Faults)
{
    /// <summary>Answers that are played again; null for none.</summary>
    public Recording? Recording { get; init; }
}
