using System.Runtime.CompilerServices;
using Gateway.Core.Configuration;
using Gateway.Core.Failover;
using Gateway.Core.Randomness;
using Gateway.Core.Selection;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;
using Gateway.Http.Sockets;

namespace Gateway.Http.Proxying;

/// <summary>Asks one provider after the other until one answers, or until the next step is to tell the client. One per reactor.</summary>
internal sealed class FailoverLoop(ProviderAttempt attempt, HealthFeed health, FailoverCounts counts, Chance chance)
{
    private static readonly ReadOnlyMemory<byte> MessagesPath = "/v1/messages"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> CountTokensPath = "/v1/messages/count_tokens"u8.ToArray();

    /// <summary>Runs the plan of the context to its end.</summary>
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    public async ValueTask RunAsync(Exchange exchange, ProxyContext context)
    {
        Enter(exchange, context);
        try
        {
            while (await BeginAsync(exchange, context))
            {
                var outcome = await attempt.SendAsync(exchange, context, context.Endpoint == EndpointKind.CountTokens ? CountTokensPath : MessagesPath);
                NoteHead(exchange, context, outcome);
                var fault = outcome.IsAnswered ? await JudgeAsync(exchange, context) : FaultClassifier.OfAttempt(outcome.End);
                EndAttempt(context, fault);
                if (fault == FaultKind.None)
                {
                    await RelayAsync(exchange, context);
                    return;
                }

                NoteFailure(exchange, context, fault, outcome);
                if (LocalCount.IsMissed(context))
                {
                    await LocalCount.AnswerAsync(exchange, context);
                    return;
                }

                if (!Take(context, Decide(exchange, context, fault), fault, out var delay))
                {
                    FaultTeller.Tell(exchange, context, fault, outcome);
                    return;
                }

                GiveUp(context, fault);
                _ = await context.Patience.WatchAsync(context.Pause.WaitAsync(delay));
                if (TellIfOver(exchange, context))
                {
                    return;
                }
            }
        }
        finally
        {
            Leave(context);
        }
    }

    private void NoteFailure(Exchange exchange, ProxyContext context, FaultKind fault, AttemptOutcome outcome)
    {
        health.Failed(exchange, context, fault, outcome);
        var reason = outcome.IsAnswered ? HealthFeed.NameOf(fault, context) : outcome.Reason;
        context.Trace.EndAttempt(exchange, reason);
        if (fault != FaultKind.ClientLeft)
        {
            var time = exchange.Reactor.Time;
            var status = outcome.IsAnswered ? context.Lease.Connection!.Head.Status : 0;
            context.Times.Fail(new FailedAttempt(
                context.Provider!.NameUtf8,
                status,
                (long)time.GetElapsedTime(context.Times.AskedAt, time.GetTimestamp()).TotalMilliseconds,
                reason,
                outcome.IsAnswered ? status is >= 200 and < 300 : outcome.MayBeBilled));
        }
    }

    private static void NoteHead(Exchange exchange, ProxyContext context, AttemptOutcome outcome)
    {
        context.Trace.Status = outcome.IsAnswered ? context.Lease.Connection!.Head.Status : 0;
        RateLimitFeed.Read(exchange, context, outcome);
    }

    // A stream that passes as it comes may still have no content: its clock goes on.
    private static void EndAttempt(ProxyContext context, FaultKind fault)
    {
        if (fault != FaultKind.None || context.Held.IsHeld)
        {
            context.Clock.Stop();
        }

        EndRetry(context);
    }

    private void GiveUp(ProxyContext context, FaultKind fault)
    {
        counts.Moved(context, context.Provider!.Name, HealthFeed.NameOf(fault, context));
        context.Lease.Return();
    }

    private static ValueTask<FaultKind> JudgeAsync(Exchange exchange, ProxyContext context) =>
        context.Provider!.Dialect == Dialect.Anthropic ? AnswerGate.JudgeAsync(exchange, context) : TranslatedGate.JudgeAsync(exchange, context);

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private async ValueTask RelayAsync(Exchange exchange, ProxyContext context)
    {
        var sample = TokenSample.Take(context);
        await (context.Provider!.Dialect == Dialect.Anthropic ? ResponseRelay.RelayAsync(exchange, context)
            : context.Chat.IsFor(context.Provider) ? ChatRelay.RelayAsync(exchange, context)
            : TranslatingRelay.RelayAsync(exchange, context));
        sample?.Learn(context);
        RequestFit.LearnSignatures(context);
        health.Relayed(exchange, context);
    }

    // Goes on to the next who must be asked. False: the client has its answer.
    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<bool> BeginAsync(Exchange exchange, ProxyContext context)
    {
        while (AttemptEntry.TryBegin(exchange, context))
        {
            var place = TranslateFor(exchange, context);
            if (place == InPlace.PassedOn)
            {
                context.Plan.Advance();
                continue;
            }

            if (place == InPlace.Unanswered && LocalCount.IsFor(context))
            {
                await LocalCount.AnswerAsync(exchange, context);
                return false;
            }

            if (place == InPlace.Unanswered && context.Provider!.IsSynthetic)
            {
                await SyntheticResponder.AnswerAsync(exchange, context);
                return false;
            }

            return place == InPlace.Unanswered;
        }

        return false;
    }

    private static InPlace TranslateFor(Exchange exchange, ProxyContext context)
    {
        var provider = context.Provider!;
        return context.Chat.Refusal is not null && !context.Chat.IsFor(provider) ? LocalRefusal.PassOnOrTell(exchange, context, context.Chat.Refusal)
            : provider.IsSynthetic || provider.Dialect == Dialect.Anthropic || LocalCount.IsFor(context) ? InPlace.Unanswered
            : LocalAnswer.Try(exchange, context);
    }

    private void Enter(Exchange exchange, ProxyContext context)
    {
        var isStream = IsStream(context);
        context.Snapshot.Retries.Enter();
        counts.Enter(isStream);
        if (isStream)
        {
            context.Patience.Begin(exchange, context);
        }
    }

    private void Leave(ProxyContext context)
    {
        EndRetry(context);
        context.Snapshot.Retries.Leave();
        counts.Leave(IsStream(context));
    }

    private static bool IsStream(ProxyContext context) => context.Scanner.Result.IsStreaming && context.Endpoint == EndpointKind.Messages;

    private FailoverDecision Decide(Exchange exchange, ProxyContext context, FaultKind fault)
    {
        var now = exchange.Reactor.NowMs;
        ref readonly var current = ref context.Plan.Current;
        var situation = new FailoverSituation(
            fault,
            context.Seen,
            MayTryAgain: context.Tries < context.Snapshot.MaxAttempts && !context.HasTimedOut,
            HasOtherKey: MayTryOtherKey(context) && KeyChoice.HasOther(current.Target.Provider, context.Key!, now),
            HasOther: IsKeyOut(fault) ? context.Plan.HasOtherProvider : context.Plan.HasNext,
            HasLarger: context.Plan.HasLarger,
            IsWarm: context.Plan.Warm.Hold(current.Target.Provider.Hash, context.Key!.GroupHash),
            RetriedHere: context.RetriedHere,
            RetryAfterMs: context.RetryAfterMs,
            ShouldRetry: context.ShouldRetry,
            IsOut: !current.Circuit.IsReady(now),
            MayRewrite: RequestFit.TryLearn(exchange, context, fault, counts.Rare));
        var decision = FailoverPolicy.Decide(situation, chance.NextDouble());

        // More load on a provider that is in trouble is what the budget is for; going to another one takes load off it.
        if (decision.Step != NextStep.RetryHere || BeginRetry(context))
        {
            return decision;
        }

        counts.BudgetExhausted();
        return new FailoverDecision(situation.HasOther ? NextStep.NextProvider : NextStep.Tell);
    }

    // The client may have left during the pause, or the time of the request be over.
    private static bool TellIfOver(Exchange exchange, ProxyContext context)
    {
        if (!exchange.ClientHasLeft && !context.HasTimedOut)
        {
            return false;
        }

        var outcome = new AttemptOutcome(exchange.ClientHasLeft ? AttemptEnd.ClientLeft : AttemptEnd.TimedOut);
        FaultTeller.Tell(exchange, context, FaultClassifier.OfAttempt(outcome.End), outcome);
        return true;
    }

    // The last attempt is the next provider's: a quota that is the model's would let every key fail in turn.
    private static bool MayTryOtherKey(ProxyContext context) => context.Tries + 1 < context.Snapshot.MaxAttempts || !context.Plan.HasNext;

    private static bool Take(ProxyContext context, FailoverDecision decision, FaultKind fault, out int delay)
    {
        delay = decision.DelayMs;
        switch (decision.Step)
        {
            case NextStep.RetryHere:
                context.RetriedHere = true;
                return true;
            case NextStep.NextKey:
                LeaveKey(context.Plan, fault);
                return true;
            case NextStep.Rewrite:
                return true;
            case NextStep.NextProvider:
                context.RetriedHere = false;
                GoOn(context.Plan, fault);
                return true;
            case NextStep.LargerProvider:
                context.RetriedHere = false;
                context.Plan.AdvanceToLarger();
                return true;
            default:
                return false;
        }
    }

    // A rested key is passed over by itself; one that is only full would be waited for again.
    private static void LeaveKey(AttemptPlan plan, FaultKind fault)
    {
        if (fault == FaultKind.KeyBusy)
        {
            plan.LeaveCache();
        }
    }

    // What is the provider's as a whole, or its key's, would meet another model of it as well.
    private static void GoOn(AttemptPlan plan, FaultKind fault)
    {
        if (IsKeyOut(fault) || fault is FaultKind.RateLimited or FaultKind.Overloaded or FaultKind.Unreachable or FaultKind.Busy or FaultKind.KeyBusy)
        {
            plan.AdvanceToOtherProvider();
        }
        else
        {
            plan.Advance();
        }
    }

    private static bool IsKeyOut(FaultKind fault) => fault is FaultKind.KeyRefused or FaultKind.MoneyGone;

    private static bool BeginRetry(ProxyContext context) => context.HoldsRetry = context.Snapshot.Retries.TryBeginRetry();

    private static void EndRetry(ProxyContext context)
    {
        if (context.HoldsRetry)
        {
            context.HoldsRetry = false;
            context.Snapshot.Retries.EndRetry();
        }
    }
}
