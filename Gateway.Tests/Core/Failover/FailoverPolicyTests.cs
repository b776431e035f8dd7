using Gateway.Core.Failover;

namespace Gateway.Tests.Core.Failover;

[TestFixture]
internal sealed class FailoverPolicyTests
{
    private static readonly bool[] Either = [false, true];

    /// <summary>Every combination there is.</summary>
    private static IEnumerable<FailoverSituation> All =>
        from fault in Enum.GetValues<FaultKind>()
        from seen in Enum.GetValues<ClientView>()
        from mayTry in Either
        from hasKey in Either
        from hasOther in Either
        from hasLarger in Either
        from mayRewrite in Either
        from isWarm in Either
        from retried in Either
        from isOut in Either
        from after in new long[] { -1, 0, 5_000, 5_001 }
        from should in new bool?[] { null, false, true }
        select new FailoverSituation(fault, seen, mayTry, hasKey, hasOther, hasLarger, mayRewrite, isWarm, retried, after, should, isOut);

    [Test]
    public void Nothing_is_repeated_after_the_commit_point() => Holds(
        situation => situation.Seen == ClientView.Content,
        (_, decision) => decision.Step is NextStep.Tell or NextStep.Abandon);

    [Test]
    public void A_client_that_left_is_told_nothing_and_nobody_is_asked_for_it() => Holds(
        situation => situation.Fault == FaultKind.ClientLeft,
        (_, decision) => decision.Step == NextStep.Abandon);

    [Test]
    public void What_is_wrong_with_the_request_itself_is_told_as_it_is() => Holds(
        situation => situation.Fault is FaultKind.Refused or FaultKind.DeadlineOver,
        (_, decision) => decision.Step == NextStep.Tell);

    [Test]
    public void Without_leave_for_another_attempt_nobody_is_asked_again() => Holds(
        situation => !situation.MayTryAgain && situation.Fault is not FaultKind.UnknownField,
        (_, decision) => decision.Step is NextStep.Tell or NextStep.Abandon);

    [Test]
    public void A_step_leads_only_to_what_is_there() => Holds(
        _ => true,
        (situation, decision) => decision.Step switch
        {
            NextStep.NextKey => situation.HasOtherKey,
            NextStep.NextProvider => situation.HasOther,
            NextStep.LargerProvider => situation.HasLarger && situation.Fault == FaultKind.TooLong,
            NextStep.Rewrite => situation.MayRewrite && situation.Fault == FaultKind.UnknownField,
            _ => true,
        });

    [Test]
    public void The_same_provider_is_asked_again_only_once_and_only_after_429_or_529() => Holds(
        _ => true,
        (situation, decision) => decision.Step != NextStep.RetryHere
            || (!situation.RetriedHere && situation.ShouldRetry != false && situation.RetryAfterMs <= FailoverPolicy.LongestWaitMs
                && situation.Fault is FaultKind.RateLimited or FaultKind.Overloaded));

    [Test]
    public void A_warm_cache_is_waited_for() => Holds(
        situation => situation is { Fault: FaultKind.RateLimited, Seen: not ClientView.Content, MayTryAgain: true, IsWarm: true, RetriedHere: false, RetryAfterMs: 0 or 5_000 }
            && situation.ShouldRetry != false,
        (situation, decision) => decision.Step == NextStep.RetryHere && decision.DelayMs >= situation.RetryAfterMs + 25 && decision.DelayMs <= situation.RetryAfterMs + 250);

    [Test]
    public void Keys_are_never_rotated_for_an_overload() => Holds(
        situation => situation.Fault is FaultKind.Overloaded or FaultKind.ServerError,
        (_, decision) => decision.Step != NextStep.NextKey);

    [Test]
    public void A_failing_provider_hands_over_where_somebody_is_there() => Holds(
        situation => situation is { Seen: not ClientView.Content, MayTryAgain: true, HasOther: true }
            && situation.Fault is FaultKind.ServerError or FaultKind.Unreachable or FaultKind.Silent or FaultKind.Cut,
        (_, decision) => decision == new FailoverDecision(NextStep.NextProvider));

    [Test]
    public void A_key_without_a_place_hands_over_to_another_and_a_provider_without_one_to_the_next() => Holds(
        situation => situation is { Fault: FaultKind.Busy or FaultKind.KeyBusy, Seen: not ClientView.Content, MayTryAgain: true },
        (situation, decision) => decision == new FailoverDecision(
            situation is { Fault: FaultKind.KeyBusy, HasOtherKey: true } ? NextStep.NextKey : situation.HasOther ? NextStep.NextProvider : NextStep.Tell));

    [Test]
    public void What_one_provider_lets_nobody_through_with_another_may_take() => Holds(
        situation => situation is { Fault: FaultKind.Forbidden, Seen: not ClientView.Content, MayTryAgain: true },
        (situation, decision) => decision == new FailoverDecision(situation.HasOther ? NextStep.NextProvider : NextStep.Tell));

    [Test]
    public void Alone_a_provider_passes_its_error_at_once() => Holds(
        situation => situation is { HasOther: false, HasOtherKey: false, HasLarger: false, MayRewrite: false, IsWarm: false }
            && situation.Fault != FaultKind.ClientLeft,
        (_, decision) => decision == new FailoverDecision(NextStep.Tell));

    private static void Holds(Func<FailoverSituation, bool> where, Func<FailoverSituation, FailoverDecision, bool> rule)
    {
        var count = 0;
        foreach (var situation in All.Where(where))
        {
            foreach (var jitter in new[] { 0, 0.5, 0.999 })
            {
                count++;
                var decision = FailoverPolicy.Decide(situation, jitter);
                if (!rule(situation, decision))
                {
                    Assert.Fail($"{situation} leads to {decision}");
                }
            }
        }

        Assert.That(count, Is.Positive);
    }
}
