using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of <c>claude_gateway</c> about what happens when a provider fails.</summary>
internal static class FailoverFields
{
    public static ConfigTable<ListenerConfig> Table { get; } = new()
    {
        { "routing_headers", Flag, c => c.RoutingHeaders, (c, v) => c with { RoutingHeaders = v },
            "Answers carry `x-gateway-request-id`, `x-gateway-provider`, `x-gateway-route`, `x-gateway-attempts` and `server-timing`." },
        { "max_attempts", Number(1, 10), c => c.MaxAttempts, (c, v) => c with { MaxAttempts = v },
            "Most attempts for one request, over all providers." },
        { "retry_budget_percent", Number(0, 100), c => c.RetryBudgetPercent, (c, v) => c with { RetryBudgetPercent = v },
            "Share of the requests under way that may be retries; three at a time always may." },
        { "keep_alive_comment_ms", Number(50, 600_000), c => c.KeepAliveCommentMs, (c, v) => c with { KeepAliveCommentMs = v },
            "A client that waits for a stream gets a comment at least this often." },
    };
}
