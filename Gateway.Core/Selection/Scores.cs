using Gateway.Core.Configuration;
using Gateway.Core.Failover;
using Gateway.Core.Health;
using Gateway.Core.Routing;

namespace Gateway.Core.Selection;

/// <summary>What each policy goes by: the lowest score is asked first.</summary>
internal static class Scores
{
    // Balanced: latency counts 40 %, failures 30 %, price 20 %, load 10 %; each against a value that is usual for it.
    private const double UsualLatencyMs = 2_000;
    private const double UsualPrice = 5_000_000;
    private const double UsualLoad = 8;

    /// <summary>The conversation decides, not the moment.</summary>
    public static bool IsSticky(Route route, in SelectionRequest request) =>
        route.IsSticky && request.Conversation != 0 && request.Traits.Kind != RequestKind.Auxiliary;

    /// <summary>Scores one of a group.</summary>
    public static double Of(Route route, in Candidate candidate, in SelectionRequest request, int place, int members, int turn, Chance chance)
    {
        var provider = candidate.Target.Provider;
        var weight = candidate.Target.Weight;
        return route.Policy switch
        {
            // Alone in its group, as each target of a priority route is by default: nobody to draw lots with.
            SelectionPolicy.Priority when members == 1 => -provider.PriorityScore,
            SelectionPolicy.Priority => -provider.PriorityScore + Fraction(Lot(route, candidate, request, weight, chance)),
            SelectionPolicy.Cost => PriceOf(candidate, request) + Fraction(Lot(route, candidate, request, weight, chance)),
            _ when IsSticky(route, request) => Rendezvous.Score(request.Conversation, provider.Hash, weight),
            SelectionPolicy.RoundRobin => (place + members - (turn % members)) % members,
            SelectionPolicy.Latency => provider.State.FirstContent.Value * (1 + provider.State.InFlight) / SlowStart(candidate, request),
            SelectionPolicy.Reliability => candidate.Circuit.FailureShare(request.NowMs) + (Fraction(chance.NextDouble()) / 1_000),
            SelectionPolicy.Balanced => Balance(candidate, request) / SlowStart(candidate, request),
            _ => Lot(route, candidate, request, weight * SlowStart(candidate, request), chance),
        };
    }

    /// <summary>Of two drawn by lot the less busy one goes first (Mitzenmacher 2001).</summary>
    public static void PickOfTwo(AttemptPlan plan, int begun, Chance chance)
    {
        var members = plan.Order[begun..];
        if (members.Length < 2)
        {
            return;
        }

        var one = chance.Next(members.Length);
        var other = chance.Next(members.Length - 1);
        other += other >= one ? 1 : 0;
        var first = Load(plan.All[members[one]]) <= Load(plan.All[members[other]]) ? one : other;
        plan.All[members[first]].Score = -1;
    }

    private static double Load(in Candidate candidate) => (double)candidate.Target.Provider.State.InFlight / candidate.Target.Weight;

    // A draw in proportion to the weight: the conversation's where it has one, else the moment's.
    private static double Lot(Route route, in Candidate candidate, in SelectionRequest request, double weight, Chance chance) =>
        IsSticky(route, request)
            ? Rendezvous.Score(request.Conversation, candidate.Target.Provider.Hash, weight)
            : -Math.Log(1 - chance.NextDouble()) / weight;

    // Decides between equals and nothing else.
    private static double Fraction(double score) => score / (1 + score);

    private static double SlowStart(in Candidate candidate, in SelectionRequest request) =>
        ProviderState.SlowStart(candidate.Circuit, request.NowMs);

    // The price of the model it would be asked for, where one is written; else the provider's own.
    private static double PriceOf(in Candidate candidate, in SelectionRequest request)
    {
        var target = candidate.Target;
        var token = target.ModelToken;
        var model = !token.IsEmpty || target.Provider.ModelMap.TryMap(request.Traits.Model, out token) ? token.Span[1..^1] : request.Traits.Model;
        return (request.Prices?.Find(model) ?? target.Provider.FactsOf(model).ListPrice).Blend;
    }

    private static double Balance(in Candidate candidate, in SelectionRequest request)
    {
        var provider = candidate.Target.Provider;
        return (0.4 * provider.State.FirstContent.Value / UsualLatencyMs)
            + (0.3 * candidate.Circuit.FailureShare(request.NowMs) * 2)
            + (0.2 * PriceOf(candidate, request) / UsualPrice)
            + (0.1 * provider.State.InFlight / UsualLoad);
    }
}
