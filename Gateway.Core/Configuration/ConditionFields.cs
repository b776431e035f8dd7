using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of a route's <c>when</c>.</summary>
internal static class ConditionFields
{
    private const int MostTokens = 100_000_000;

    private static readonly ConfigKind<RequestKind> Kinds = new WordKind<RequestKind>(
    [
        ("main", RequestKind.Main),
        ("subagent", RequestKind.Subagent),
        ("workflow", RequestKind.Workflow),
        ("compaction", RequestKind.Compaction),
        ("auxiliary", RequestKind.Auxiliary),
    ]);

    private static readonly ConfigKind<RequestNeeds> Needs = new WordKind<RequestNeeds>(
    [
        ("thinking", RequestNeeds.Thinking),
        ("vision", RequestNeeds.Vision),
        ("documents", RequestNeeds.Documents),
        ("tools", RequestNeeds.Tools),
        ("server_tools", RequestNeeds.ServerTools),
        ("json", RequestNeeds.Json),
        ("streaming", RequestNeeds.Streaming),
    ]);

    private static readonly ConfigKind<string> Text = new TextKind<string>("a text", text => text.Length > 0 ? text : null, text => text)!;

    public static ConfigTable<RouteConditions> Table { get; } = new()
    {
        { "kind", new ListKind<RequestKind>(Kinds), c => c.Kinds, (c, v) => c with { Kinds = v },
            "Any of these kinds of request." },
        { "needs", new ListKind<RequestNeeds>(Needs), c => c.Needs, (c, v) => c with { Needs = v },
            "All of these needs." },
        { "model", new ListKind<string>(ModelNameRules.PatternKind!), c => c.Models, (c, v) => c with { Models = v },
            "Any of these models." },
        { "min_input_tokens", Number(0, MostTokens), c => c.MinInputTokens, (c, v) => c with { MinInputTokens = v },
            "At least so many input tokens, as the gateway estimates them." },
        { "max_input_tokens", Number(0, MostTokens), c => c.MaxInputTokens, (c, v) => c with { MaxInputTokens = v },
            "At most so many; 0 for any." },
        { "headers", new MapKind<string>("the name of a header field", IsFieldName, Text), c => c.Headers, (c, v) => c with { Headers = v },
            "All of these header fields, each with this value, `beginning*` or `*`." },
        { "clients", new ListKind<string>(Text), c => c.Clients, (c, v) => c with { Clients = v },
            "Any of these clients, by their names in `clients`." },
    };

    // RFC 9110 section 5.6.2: a token.
    private static bool IsFieldName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));
}
