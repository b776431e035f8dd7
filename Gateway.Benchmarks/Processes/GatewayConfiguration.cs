using System.Net;

namespace Gateway.Benchmarks.Processes;

/// <summary>The gateway.json of a run.</summary>
internal static class GatewayConfiguration
{
    /// <summary>One provider, who answers everything.</summary>
    public static string For(IPEndPoint provider) => $$"""
        {
          "claude_gateway": { "log_level": "info", "summary_line": false, "max_connections": 20000 },
          "default_provider": "scripted",
          "providers": {
            "scripted": { "base_url": "http://{{provider}}", "local": true, "api_key": "${LOAD_PROVIDER_KEY}" }
          }
        }
        """;
}
