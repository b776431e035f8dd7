using Gateway.Core.Admission;
using Gateway.Core.Configuration;
using Gateway.Core.Health;
using Gateway.Core.Randomness;
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

    /// <summary>Scores one of a group. Alone in it, as each target of a priority route is by default, there is nobody to draw lots with.</summary>
    public static double Of(Route route, in Candidate candidate, in SelectionRequest request, int place, int members, int turn, Chance chance) =>
        members == 1 && route.Policy == SelectionPolicy.Priority
            ? -candidate.Target.Provider.PriorityScore
            : Among(route, candidate, request, place, members, turn, chance);

    private static double Among(Route route, in Candidate candidate, in SelectionRequest request, int place, int members, int turn, Chance chance)
    {
        var provider = candidate.Target.Provider;
        return route.Policy switch
        {
            SelectionPolicy.Priority => -provider.PriorityScore + Fraction(Lot(route, candidate, request, chance)),
            SelectionPolicy.Cost => PriceOf(candidate, request).Blend + Fraction(Lot(route, candidate, request, chance)),
            _ when IsSticky(route, request) => Rendezvous.Score(request.Conversation, candidate.Target.Hash, candidate.Target.Weight),
            SelectionPolicy.RoundRobin => ((place + members - (turn % members)) % members) + (IsSparedATurn(candidate, request, chance) ? members : 0),
            SelectionPolicy.Latency => (Latency(candidate, request) * (1 + provider.State.InFlight) / SlowStart(candidate, request)) + Tie(Lot(route, candidate, request, chance)),
            SelectionPolicy.Reliability => candidate.Circuit.FailureShare(request.NowMs) + Tie(Lot(route, candidate, request, chance)),
            SelectionPolicy.Balanced => (Balance(candidate, request) / SlowStart(candidate, request)) + Tie(Lot(route, candidate, request, chance)),
            _ => Lot(route, candidate, request, chance),
        };
    }

    /// <summary>Of the two that the lots put first the less busy one goes first (Mitzenmacher 2001).</summary>
    /// <param name="plan">In the order of the lots.</param>
    /// <param name="begun">Where the group begins in it.</param>
    public static void PickOfTwo(AttemptPlan plan, int begun)
    {
        var members = plan.Order[begun..];
        if (members.Length < 2)
        {
            return;
        }

        ref readonly var one = ref plan.All[members[0]];
        ref readonly var other = ref plan.All[members[1]];
        if (Load(other) < Load(one) && (one.State == HealthState.Unhealthy || other.State != HealthState.Unhealthy))
        {
            (members[0], members[1]) = (members[1], members[0]);
        }
    }

    private static double Load(in Candidate candidate) => (double)candidate.Target.Provider.State.InFlight / candidate.Target.Weight;

    // A draw in proportion to the weight: the conversation's where it has one, else the moment's, with less for who has just come back.
    private static double Lot(Route route, in Candidate candidate, in SelectionRequest request, Chance chance) =>
        IsSticky(route, request)
            ? Rendezvous.Score(request.Conversation, candidate.Target.Hash, candidate.Target.Weight)
            : -Math.Log(1 - chance.NextDouble()) / (candidate.Target.Weight * SlowStart(candidate, request));

    // Decides between equals and nothing else.
    private static double Fraction(double score) => score / (1 + score);

    // The same beside figures that matter from a thousandth on.
    private static double Tie(double score) => Fraction(score) / 1_000;

    // Who has just come back lets some of its turns pass.
    private static bool IsSparedATurn(in Candidate candidate, in SelectionRequest request, Chance chance) =>
        SlowStart(candidate, request) is var share and < 1 && chance.NextDouble() >= share;

    private static double Latency(in Candidate candidate, in SelectionRequest request) =>
        candidate.Target.Provider.State.FirstContent.At(request.NowMs);

    private static double SlowStart(in Candidate candidate, in SelectionRequest request) =>
        ProviderState.SlowStart(candidate.Circuit, request.NowMs);

    // Of the model it would be asked for.
    private static Price PriceOf(in Candidate candidate, in SelectionRequest request)
    {
        var target = candidate.Target;
        var token = target.ModelToken;
        var model = !token.IsEmpty || target.Provider.ModelMap.TryMap(request.Traits.Model, out token) ? token.Span[1..^1] : request.Traits.Model;
        return request.Prices?.Find(model) ?? target.Provider.Prices.Of(model);
    }

    // What nobody knows weighs nothing.
    private static double Known(Price price) => price.IsKnown ? price.Blend : 0;

    private static double Balance(in Candidate candidate, in SelectionRequest request)
    {
        var provider = candidate.Target.Provider;
        return (0.4 * Latency(candidate, request) / UsualLatencyMs)
            + (0.3 * candidate.Circuit.FailureShare(request.NowMs) * 2)
            + (0.2 * Known(PriceOf(candidate, request)) / UsualPrice)
            + (0.1 * provider.State.InFlight / UsualLoad);
    }
}
