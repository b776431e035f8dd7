namespace Gateway.Core.Failover;

/// <summary>What the client has got so far.</summary>
public enum ClientView : byte
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>200 and comments: somebody works on it.</summary>
    Waiting,

    /// <summary>Content: the commit point is passed.</summary>
    Content,
}

/// <summary>What to do next.</summary>
public enum NextStep : byte
{
    /// <summary>Tell the client: the provider's own error where there is one, else ours; as an event where it has got 200 already.</summary>
    Tell,

    /// <summary>Nobody is there to be told.</summary>
    Abandon,

    /// <summary>The same provider once more, after the delay.</summary>
    RetryHere,

    /// <summary>The same provider with a key of another limit group.</summary>
    NextKey,

    /// <summary>The next provider.</summary>
    NextProvider,

    /// <summary>The next provider whose window is larger.</summary>
    LargerProvider,

    /// <summary>The same provider without what it does not know.</summary>
    Rewrite,
}

/// <summary>Everything that the next step depends on.</summary>
/// <param name="Fault">What happened.</param>
/// <param name="Seen">What the client has got.</param>
/// <param name="MayTryAgain">Attempts, time and retry budget allow another.</param>
/// <param name="HasOtherKey">The provider has a key of another limit group that is ready.</param>
/// <param name="HasOther">There is another provider to ask.</param>
/// <param name="HasLarger">There is one with a larger window.</param>
/// <param name="MayRewrite">What the provider does not know can be left out.</param>
/// <param name="IsWarm">The provider holds a prompt cache of this conversation.</param>
/// <param name="RetriedHere">This provider has had its second attempt.</param>
/// <param name="RetryAfterMs">The pause the provider asked for; below 0 for none.</param>
/// <param name="ShouldRetry">The provider's x-should-retry; null without one.</param>
/// <param name="IsOut">The provider's circuit has opened.</param>
public readonly record struct FailoverSituation(
    FaultKind Fault,
    ClientView Seen,
    bool MayTryAgain,
    bool HasOtherKey = false,
    bool HasOther = false,
    bool HasLarger = false,
    bool MayRewrite = false,
    bool IsWarm = false,
    bool RetriedHere = false,
    long RetryAfterMs = -1,
    bool? ShouldRetry = null,
    bool IsOut = false);

/// <summary>The next step and how long to wait before it.</summary>
/// <param name="Step">The step.</param>
/// <param name="DelayMs">Milliseconds to wait first.</param>
public readonly record struct FailoverDecision(NextStep Step, int DelayMs = 0);

/// <summary>From what the client has seen and what happened to the next step. Pure; the whole table is tested.</summary>
/// <remarks>
/// RFC 9110 section 9.2.2 leaves it to the client whether a POST may be repeated; the operator who names several providers
/// makes the gateway the client of each. Where there is no other provider the error passes at once: Claude Code retries by
/// itself, and two that retry multiply.
/// </remarks>
public static class FailoverPolicy
{
    /// <summary>The longest pause that is waited out with a developer in front of the terminal, ms.</summary>
    public const int LongestWaitMs = 5_000;

    private const int LeastJitterMs = 25;
    private const int MostJitterMs = 250;

    /// <summary>Decides.</summary>
    /// <param name="situation">What is known.</param>
    /// <param name="jitter">From 0 to 1, drawn by lot.</param>
    public static FailoverDecision Decide(in FailoverSituation situation, double jitter)
    {
        if (situation.Fault == FaultKind.ClientLeft)
        {
            return new(NextStep.Abandon);
        }

        // After the commit point the client may have acted on what it read.
        if (situation.Seen == ClientView.Content || situation.Fault is FaultKind.None or FaultKind.DeadlineOver or FaultKind.Refused)
        {
            return new(NextStep.Tell);
        }

        if (situation.Fault == FaultKind.UnknownField)
        {
            return new(situation.MayRewrite ? NextStep.Rewrite : NextStep.Tell);
        }

        return situation.MayTryAgain ? DecideAgain(situation, jitter) : new(NextStep.Tell);
    }

    private static FailoverDecision DecideAgain(in FailoverSituation situation, double jitter) => situation.Fault switch
    {
        FaultKind.TooLong => new(situation.HasLarger ? NextStep.LargerProvider : NextStep.Tell),
        FaultKind.RateLimited when situation.IsWarm && MayWait(situation) => RetryHere(situation, jitter),
        FaultKind.RateLimited or FaultKind.MoneyGone or FaultKind.KeyRefused or FaultKind.KeyBusy when situation.HasOtherKey => new(NextStep.NextKey),
        FaultKind.Overloaded when situation.HasOther && MayRetryHere(situation) => RetryHere(situation, jitter),
        _ => new(situation.HasOther ? NextStep.NextProvider : NextStep.Tell),
    };

    private static bool MayWait(in FailoverSituation situation) =>
        situation.RetryAfterMs is >= 0 and <= LongestWaitMs && !situation.RetriedHere && situation.ShouldRetry != false;

    private static bool MayRetryHere(in FailoverSituation situation) =>
        situation.RetryAfterMs <= LongestWaitMs && !situation.RetriedHere && !situation.IsOut && situation.ShouldRetry != false;

    private static FailoverDecision RetryHere(in FailoverSituation situation, double jitter) =>
        new(NextStep.RetryHere, (int)Math.Max(situation.RetryAfterMs, 0) + LeastJitterMs + (int)(jitter * (MostJitterMs - LeastJitterMs)));
}
