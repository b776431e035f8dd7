using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of one entry of a provider's <c>keys</c>.</summary>
internal static class KeyFields
{
    public static ConfigTable<KeyConfig> Table { get; } = new()
    {
        { "key", SecretReference.Kind, c => c.Reference, (c, v) => c with { Reference = v },
            "The key: `${NAME}` takes it from the environment." },
        { "weight", Number(1, 1_000_000), c => c.Weight, (c, v) => c with { Weight = v },
            "Share of the conversations." },
        { LimitFields.All<KeyConfig>(c => c.Limits, (c, v) => c with { Limits = v }, "wait in the order they came, five seconds where somebody else can be asked, or with another key; a conversation without a warm cache takes a key of another group that has a place") },
        { "limit_group", Word, c => c.LimitGroup, (c, v) => c with { LimitGroup = v },
            "Limits and money belong to an organisation: keys of one organisation get one name here, and are never tried one after the other. Without it a key is a group of its own." },
    };
}
