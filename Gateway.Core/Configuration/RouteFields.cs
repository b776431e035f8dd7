using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of one entry of <c>routes</c>.</summary>
internal static class RouteFields
{
    private static readonly ConfigKind<SelectionPolicy> Policies = new WordKind<SelectionPolicy>(
    [
        ("priority", SelectionPolicy.Priority),
        ("round_robin", SelectionPolicy.RoundRobin),
        ("weighted", SelectionPolicy.Weighted),
        ("least_in_flight", SelectionPolicy.LeastInFlight),
        ("latency", SelectionPolicy.Latency),
        ("cost", SelectionPolicy.Cost),
        ("reliability", SelectionPolicy.Reliability),
        ("balanced", SelectionPolicy.Balanced),
    ]);

    public static ConfigTable<RouteConfig> Table { get; } = new()
    {
        { "name", Word, c => c.Name, (c, v) => c with { Name = v! },
            "Its name in logs, headers and explanations." },
        { "when", new TableKind<RouteConditions>(ConditionFields.Table, new RouteConditions()), c => c.When, (c, v) => c with { When = v },
            "What a request must be like; a route without conditions takes every request." },
        { "targets", new ListKind<TargetConfig>(new TargetKind()), c => c.Targets, (c, v) => c with { Targets = v },
            "Who may answer: `\"provider\"`, `\"provider/model\"`, or an object." },
        { "policy", Policies, c => c.Policy, (c, v) => c with { Policy = v },
            "Order within a priority group: how the next one is chosen for a request that belongs to no conversation, or on a route that is not sticky." },
        { "sticky", Flag, c => c.Sticky, (c, v) => c with { Sticky = v },
            "A conversation stays with its provider, so that the provider's prompt cache is of use." },
    };
}
