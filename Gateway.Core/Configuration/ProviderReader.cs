using System.Text.Json;

namespace Gateway.Core.Configuration;

/// <summary>Reads <c>providers</c>.</summary>
internal static class ProviderReader
{
    private const string AnthropicName = "anthropic";
    private const string AnthropicUrl = "https://api.anthropic.com";

    public static List<ProviderConfig> ReadAll(ConfigObject json, string defaultName, ConfigSource source, ConfigResult result)
    {
        var providers = new List<ProviderConfig>();
        foreach (var (name, value, path) in json.Members())
        {
            if (name.Length == 0 || name.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || name.AsSpan().IndexOfAny('/', ',', '"') >= 0)
            {
                result.Errors.Add(new ConfigError(path, $"the name \"{name}\"", "visible ASCII without slash, comma and quote"));
            }
            else if (value.ValueKind != JsonValueKind.Object)
            {
                result.Errors.Add(new ConfigError(path, ConfigObject.Describe(value), "an object"));
            }
            else
            {
                providers.Add(Read(name, new ConfigObject(value, path, result.Errors), name == defaultName, source, result));
            }
        }

        return providers;
    }

    private static ProviderConfig Read(string name, ConfigObject json, bool isDefault, ConfigSource source, ConfigResult result)
    {
        var fallback = new ProviderConfig { Name = name };
        _ = json.Word("dialect", "anthropic", "anthropic");
        var auth = ReadAuth(json);
        var url = json.Url("base_url", name == AnthropicName ? AnthropicUrl : null);
        var isLocal = json.Flag("local", fallback.Local);
        var isEnabled = json.Flag("enabled", fallback.Enabled);
        CheckUrl(json, name, url, isLocal);
        var key = KeyReader.Read(json, name, isDefault, ref isEnabled, source, result);
        CheckKey(json, url, auth, key, isEnabled);
        var config = new ProviderConfig
        {
            Name = name,
            BaseUrl = url,
            ApiKey = key,
            Auth = auth,
            Models = json.Texts("models"),
            ModelMap = ReadModelMap(json, result.Errors),
            Enabled = isEnabled,
            Local = isLocal,
            CaFile = json.Text("ca_file"),
            SupportsThinking = json.Flag("supports_thinking", fallback.SupportsThinking),
            SupportsVision = json.Flag("supports_vision", fallback.SupportsVision),
            SupportsTools = json.Flag("supports_tools", fallback.SupportsTools),
            SupportsStreaming = json.Flag("supports_streaming", fallback.SupportsStreaming),
            PriorityScore = json.Number("priority_score", fallback.PriorityScore, 0, 1_000_000),
            MaxConcurrentRequests = json.Number("max_concurrent_requests", fallback.MaxConcurrentRequests, 0, 1_000_000),
            ConnectTimeoutMs = json.Number("connect_timeout_ms", fallback.ConnectTimeoutMs, 1, 600_000),
            TlsTimeoutMs = json.Number("tls_timeout_ms", fallback.TlsTimeoutMs, 1, 600_000),
            PoolIdleSeconds = json.Number("pool_idle_seconds", fallback.PoolIdleSeconds, 1, 3_600),
            PoolAgeSeconds = json.Number("pool_age_seconds", fallback.PoolAgeSeconds, 1, 86_400),
        };
        json.RefuseUnknown();
        return config;
    }

    private static AuthKind ReadAuth(ConfigObject json) => json.Word("auth", "x-api-key", "x-api-key", "bearer", "client", "none") switch
    {
        "bearer" => AuthKind.Bearer,
        "client" => AuthKind.Client,
        "none" => AuthKind.None,
        _ => AuthKind.XApiKey,
    };

    private static void CheckUrl(ConfigObject json, string name, Uri? url, bool isLocal)
    {
        if (url is null && name != GatewayConfig.SyntheticName)
        {
            json.ReportMissing("base_url", "the provider's base URL, as its own SDK takes it");
        }
        else if (url is not null)
        {
            PlainHttp.Check(json, url, isLocal);
        }
    }

    private static void CheckKey(ConfigObject json, Uri? url, AuthKind auth, Secret? key, bool isEnabled)
    {
        if (url is not null && key is null && isEnabled && auth is AuthKind.XApiKey or AuthKind.Bearer)
        {
            json.ReportMissing("api_key", "a reference such as ${PROVIDER_API_KEY}, or \"auth\": \"client\" or \"none\"");
        }
    }

    private static List<KeyValuePair<string, string>> ReadModelMap(ConfigObject json, List<ConfigError> errors)
    {
        var map = new List<KeyValuePair<string, string>>();
        foreach (var (from, value, path) in json.Object("model_map").Members())
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } to)
            {
                map.Add(new(from, to));
            }
            else
            {
                errors.Add(new ConfigError(path, ConfigObject.Describe(value), "the provider's name for this model"));
            }
        }

        return map;
    }
}
