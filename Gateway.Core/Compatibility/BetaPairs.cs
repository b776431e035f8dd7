namespace Gateway.Core.Compatibility;

/// <summary>Betas of Claude Code, and the fields that mean nothing without them: who does not know the one does not know the other.</summary>
internal static class BetaPairs
{
    private static readonly (string Beta, UnknownName Field)[] Pairs =
    [
        ("context-management-", new(NamePlace.Field, "context_management")),
        ("effort-", new(NamePlace.Field, "output_config")),
        ("structured-outputs-", new(NamePlace.Field, "output_config")),
        ("extended-cache-ttl-", new(NamePlace.CacheControlField, "ttl")),
        ("advanced-tool-use-", new(NamePlace.ToolField, "defer_loading")),
        ("per-turn-control-", new(NamePlace.MessageField, "output_config")),
        ("mcp-client-", new(NamePlace.Field, "mcp_servers")),
        ("fast-mode-", new(NamePlace.Field, "speed")),
        ("dangerous-tool-use-", new(NamePlace.Field, "safeguards")),
    ];

    /// <summary>The field that a beta brings.</summary>
    public static UnknownName? FieldOf(string beta)
    {
        foreach (var (prefix, field) in Pairs)
        {
            if (beta.StartsWith(prefix, StringComparison.Ordinal))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>The beginnings of the betas that bring a field.</summary>
    public static IEnumerable<string> BetasOf(UnknownName field) => Pairs.Where(pair => pair.Field == field).Select(pair => pair.Beta);
}
