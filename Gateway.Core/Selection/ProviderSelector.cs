using Gateway.Core.Configuration;
using Gateway.Core.Health;
using Gateway.Core.Randomness;
using Gateway.Core.Routing;

namespace Gateway.Core.Selection;

/// <summary>From a route to who is asked, in which order. One per reactor; allocates nothing.</summary>
public sealed class ProviderSelector(Chance chance)
{
    /// <summary>Fills the plan; one without anybody to ask tells why in its candidates.</summary>
    /// <param name="route">The route that takes the request.</param>
    /// <param name="request">What else it depends on.</param>
    /// <param name="memory">Who served which conversation last.</param>
    /// <param name="plan">Takes the order.</param>
    public void Plan(Route route, in SelectionRequest request, ConversationMemory memory, AttemptPlan plan)
    {
        var warm = request.IsCompacted ? default : memory.Find(request.Conversation, route.Hash, request.NowMs);
        plan.Begin(route, request.Conversation != 0 ? request.Conversation : chance.NextSeed(), warm);
        plan.Reason = Scores.IsSticky(route, request) ? ChoiceReason.Sticky : ChoiceReason.Policy;
        Judge(route, request, warm, plan);
        var turn = route.Policy != SelectionPolicy.RoundRobin ? 0 : request.IsDry ? route.ComingTurn : route.NextTurn();
        var targets = route.Ordered;
        for (var first = 0; first < plan.Candidates.Length;)
        {
            var end = first + 1;
            while (end < plan.Candidates.Length && targets[end].Group == targets[first].Group)
            {
                end++;
            }

            Order(route, request, plan, first, end, turn);
            first = end;
        }

        PutLastResorts(plan, request.NowMs);
        PutWarmFirst(route, request, plan);
    }

    private static void Judge(Route route, in SelectionRequest request, in WarmCaches warm, AttemptPlan plan)
    {
        var candidates = plan.Begin(route.Ordered.Length);
        for (var i = 0; i < candidates.Length; i++)
        {
            Judge(route.Ordered[i], request, warm, plan.KeySeed, ref candidates[i]);
        }

        if (route.IsDefault)
        {
            Capability.KeepOneThatServes(candidates, request);
        }

        Capability.Forgive(candidates, request);
    }

    private static void Judge(RouteTarget target, in SelectionRequest request, in WarmCaches warm, ulong keySeed, ref Candidate candidate)
    {
        var provider = target.Provider;
        candidate.Target = target;
        candidate.Circuit = provider.State.Circuits.For(target.ModelHash != 0 ? target.ModelHash : request.ModelHash);
        candidate.Key = KeyChoice.For(provider, keySeed, warm, request.NowMs);
        candidate.State = StateOf(candidate, request.NowMs, warm);
        candidate.Facts = Capability.FactsOf(target, request.Traits.Model);
        candidate.Missing = request.Traits.Needs & ~candidate.Facts.Abilities;
        candidate.Exclusion = Capability.Exclude(candidate, request);
        candidate.Score = 0;
    }

    // Who has too much to do is spared by all whose prompt cache it does not hold.
    private static HealthState StateOf(in Candidate candidate, long nowMs, in WarmCaches warm)
    {
        var provider = candidate.Target.Provider;
        var state = provider.State.StateOf(candidate.Circuit, candidate.Key.State, candidate.Key.IsRefused, nowMs);
        return state <= HealthState.Unhealthy && nowMs < provider.State.SparedUntil && !warm.AreAt(provider.Hash) ? HealthState.Cooling : state;
    }

    private void Order(Route route, in SelectionRequest request, AttemptPlan plan, int first, int end, int turn)
    {
        var begun = plan.Count;
        var candidates = plan.All;
        for (var i = first; i < end; i++)
        {
            ref readonly var candidate = ref candidates[i];
            if (candidate.Exclusion == Exclusion.None && !IsOut(candidate.State))
            {
                plan.Ask(i);
            }
        }

        // Those that can be asked take turns, so that nobody gets those of one who is out.
        var members = plan.Order[begun..];
        for (var place = 0; place < members.Length; place++)
        {
            ref var candidate = ref candidates[members[place]];
            candidate.Score = Scores.Of(route, candidate, request, place, members.Length, turn, chance);
        }

        if (members.Length < 2)
        {
            return;
        }

        Sort(plan, begun);
        if (route.Policy == SelectionPolicy.LeastInFlight && !Scores.IsSticky(route, request))
        {
            Scores.PickOfTwo(plan, begun);
        }
    }

    // Few enough for insertion; those whose probes fail go behind the others of their group.
    private static void Sort(AttemptPlan plan, int begun)
    {
        var order = plan.Order;
        for (var i = begun + 1; i < order.Length; i++)
        {
            var moving = order[i];
            var at = i;
            for (; at > begun && GoesBefore(plan.All[moving], plan.All[order[at - 1]]); at--)
            {
                order[at] = order[at - 1];
            }

            order[at] = moving;
        }
    }

    private static bool GoesBefore(in Candidate one, in Candidate other) =>
        (one.State == HealthState.Unhealthy) == (other.State == HealthState.Unhealthy)
            ? one.Score < other.Score
            : other.State == HealthState.Unhealthy;

    // A group never has nobody: if all rest, the one that recovers first is asked all the same.
    private static void PutLastResorts(AttemptPlan plan, long nowMs)
    {
        var best = -1;
        for (var i = 0; i < plan.All.Length; i++)
        {
            ref var candidate = ref plan.All[i];
            if (candidate.Exclusion != Exclusion.None || !IsOut(candidate.State))
            {
                continue;
            }

            candidate.Exclusion = Exclusion.Health;
            if (candidate.Target.Provider.State.Mark != HealthState.Disabled && (best < 0 || RecoversAt(candidate, nowMs) < RecoversAt(plan.All[best], nowMs)))
            {
                best = i;
            }
        }

        if (plan.Count == 0 && best >= 0)
        {
            plan.Ask(best);
        }
    }

    // While the cache of whoever served the conversation last is warm, nobody else is cheaper. Another route has its own wishes.
    private static void PutWarmFirst(Route route, in SelectionRequest request, AttemptPlan plan)
    {
        var warm = plan.Warm.OnRoute.Provider;
        if (warm == 0 || plan.Count < 2 || !Scores.IsSticky(route, request))
        {
            return;
        }

        var order = plan.Order;
        for (var place = 0; place < order.Length; place++)
        {
            if (plan.All[order[place]].Target.Provider.Hash == warm && plan.All[order[place]].State != HealthState.Unhealthy)
            {
                var first = order[place];
                order[..place].CopyTo(order[1..]);
                order[0] = first;
                plan.Reason = ChoiceReason.Warm;
                return;
            }
        }
    }

    private static bool IsOut(HealthState state) =>
        state is HealthState.CircuitOpen or HealthState.Cooling or HealthState.Exhausted or HealthState.Disabled;

    private static long RecoversAt(in Candidate candidate, long nowMs)
    {
        var key = candidate.Key.State;
        if (candidate.Key.IsRefused)
        {
            return long.MaxValue;
        }

        var provider = candidate.Target.Provider.State;
        return Math.Max(
            Math.Max(candidate.Circuit.OpenUntil, Math.Max(nowMs, provider.RestsUntil)),
            Math.Max(provider.SparedUntil, Math.Max(key.CoolingUntil, key.ExhaustedUntil)));
    }
}
