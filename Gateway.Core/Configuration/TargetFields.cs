using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of one entry of a route's <c>targets</c>.</summary>
internal static class TargetFields
{
    public static ConfigTable<TargetConfig> Table { get; } = new()
    {
        { "provider", Word, c => c.Provider, (c, v) => c with { Provider = v! },
            "Name of the provider." },
        { "model", ModelNameRules.NameKind, c => c.Model, (c, v) => c with { Model = v },
            "The provider's model; without it the client's, after the provider's `model_map`." },
        { "group", Number(0, 1_000), c => c.Group, (c, v) => c with { Group = v },
            "Priority group: those of the lowest number are tried first. Without it each target of a `priority` route is a group of its own, in the order written, and all targets of any other route are one group." },
        { "weight", Number(1, 1_000_000), c => c.Weight, (c, v) => c with { Weight = v },
            "Share of conversations within the group." },
    };
}
