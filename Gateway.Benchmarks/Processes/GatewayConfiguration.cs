using System.Net;
using Gateway.Benchmarks.Load;

namespace Gateway.Benchmarks.Processes;

/// <summary>The gateway.json of a run.</summary>
internal static class GatewayConfiguration
{
    /// <summary>The configuration of a scene.</summary>
    /// <param name="scene">Who stands behind the gateway.</param>
    /// <param name="reactors">Threads that serve; 0 for one per core.</param>
    /// <param name="provider">The scripted provider.</param>
    /// <param name="tls">Where it speaks TLS.</param>
    /// <param name="caFile">Whom to trust there.</param>
    /// <param name="broken">The provider with whom something is wrong.</param>
    public static string For(Scene scene, int reactors, IPEndPoint provider, IPEndPoint? tls = null, string? caFile = null, IPEndPoint? broken = null) => Around(scene == Scene.Failover ? "broken" : "scripted", reactors, scene switch
    {
        Scene.Tls => Provider("scripted", $"https://{tls}", $", \"ca_file\": \"{caFile}\""),
        Scene.OpenAi => Provider("scripted", $"http://{provider}/v1", ", \"local\": true, \"dialect\": \"openai\""),
        Scene.Failover =>
            Provider("broken", $"http://{broken}", ", \"local\": true, \"models\": [\"*\"], \"head_timeout_seconds\": 1")
            + ", " + Provider("scripted", $"http://{provider}", ", \"local\": true, \"models\": [\"*\"]"),
        _ => Provider("scripted", $"http://{provider}", ", \"local\": true"),
    });

    private static string Around(string first, int reactors, string providers) => $$"""
        {
          "claude_gateway": { "log_level": "info", "summary_line": false, "reactors": {{reactors}}, "max_connections": 20000 },
          "default_provider": "{{first}}",
          "providers": { {{providers}} }
        }
        """;

    private static string Provider(string name, string url, string members) =>
        $$"""
        "{{name}}": { "base_url": "{{url}}", "api_key": "${LOAD_PROVIDER_KEY}"{{members}} }
        """;
}
