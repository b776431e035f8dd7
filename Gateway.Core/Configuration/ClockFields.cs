using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields of a provider that say how long to wait for it.</summary>
internal static class ClockFields
{
    public static ConfigTable<ProviderConfig> Table { get; } = new()
    {
        { "connect_timeout_ms", Milliseconds, c => c.ConnectTimeoutMs, (c, v) => c with { ConnectTimeoutMs = v },
            "Longest wait for a TCP connection, over all addresses." },
        { "tls_timeout_ms", Milliseconds, c => c.TlsTimeoutMs, (c, v) => c with { TlsTimeoutMs = v },
            "Longest TLS handshake." },
        { "pool_idle_seconds", Number(1, 3_600), c => c.PoolIdleSeconds, (c, v) => c with { PoolIdleSeconds = v },
            "A connection without work is closed after this." },
        { "pool_age_seconds", Seconds(1), c => c.PoolAgeSeconds, (c, v) => c with { PoolAgeSeconds = v },
            "A connection this old is not used again, so that changed addresses are noticed." },
        { "head_timeout_seconds", Seconds(0), c => c.HeadTimeoutSeconds, (c, v) => c with { HeadTimeoutSeconds = v },
            "The head of an answer must come within this; then the next provider is asked. 0 for 60, or 300 for an answer that comes in one piece, or 600 for a `local` server." },
        { "first_content_timeout_seconds", Seconds(0), c => c.FirstContentTimeoutSeconds, (c, v) => c with { FirstContentTimeoutSeconds = v },
            "The first content of an answer must come within this; 0 for 120, or 600 for a `local` server." },
        { "idle_timeout_seconds", Seconds(0), c => c.IdleTimeoutSeconds, (c, v) => c with { IdleTimeoutSeconds = v },
            "Longest silence within an answer; 0 for 60, or 600 for a `local` server." },
    };
}
