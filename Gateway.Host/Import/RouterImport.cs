using System.Net;
using System.Text.Json.Nodes;

namespace Gateway.Host.Import;

/// <summary>claude-code-router's config.json.</summary>
internal sealed class RouterImport(JsonObject root, ImportDraft draft)
{
    private const int LongContext = 60_000;

    // Carried over, or of no meaning without that program's own screens.
    private static readonly string[] Known =
    [
        "Providers", "providers", "Router", "APIKEY", "HOST", "PORT", "API_TIMEOUT_MS", "LOG", "LOG_LEVEL", "NON_INTERACTIVE_MODE", "CLAUDE_PATH", "StatusLine",
    ];

    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _withoutServerTools = [];

    /// <summary>Fills the draft.</summary>
    public void Run()
    {
        foreach (var provider in root.Objects(root.ContainsKey("Providers") ? "Providers" : "providers"))
        {
            AddProvider(provider);
        }

        AddRoutes(root["Router"]);
        draft.DefaultProvider ??= _names.Values.FirstOrDefault();
        AddListener();
        foreach (var (name, _) in root)
        {
            if (!Known.Contains(name))
            {
                draft.Remark($"{name} was not carried over.");
            }
        }
    }

    private void AddProvider(JsonObject provider)
    {
        var name = provider.Text("name") ?? "provider";
        string[] models = [.. provider.Texts("models")];
        if (VendorMatch.Add(name, provider.Text("api_base_url") ?? "", models, draft, out var fields) is not { } ours)
        {
            return;
        }

        _names[name] = ours;
        if (fields.Text("preset") is { } preset and not "anthropic")
        {
            _withoutServerTools.Add(ours);
        }

        if (!VendorMatch.NeedsNoKey(fields))
        {
            fields["api_key"] = draft.Key(Reference(provider.Text("api_key") ?? ""), ours);
        }

        if (models.Length > 0)
        {
            fields["models"] = new JsonArray([.. models.Select(model => (JsonNode?)model)]);
        }

        AddTransformers(ours, provider["transformer"], fields);
    }

    private void AddTransformers(string name, JsonNode? transformer, JsonObject fields)
    {
        foreach (var entry in transformer is JsonObject all && all["use"] is JsonArray used ? used : [])
        {
            if (entry is JsonArray pair && pair.Count == 2 && JsonWalk.TextsOf(pair).FirstOrDefault() == "maxtoken" && pair[1].Number("max_tokens") is { } tokens)
            {
                fields["max_output_tokens"] = tokens;
            }
            else
            {
                var what = entry is JsonArray list ? JsonWalk.TextsOf(list).FirstOrDefault() : entry?.ToString();
                draft.Remark($"{name}: the transformer {what} has no counterpart; the gateway translates by the provider's dialect and quirks.");
            }
        }

        foreach (var (model, _) in transformer is JsonObject members ? members : [])
        {
            if (model != "use")
            {
                draft.Remark($"{name}: the transformers of the model {model} were not carried over.");
            }
        }
    }

    // In the order in which that program asks. The last one takes what is left.
    private void AddRoutes(JsonNode? router)
    {
        var threshold = router.Number("longContextThreshold") ?? LongContext;
        AddRoute(router, "longContext", new JsonObject { ["min_input_tokens"] = threshold });
        AddRoute(router, "background", new JsonObject { ["kind"] = new JsonArray("auxiliary") });
        AddRoute(router, "webSearch", new JsonObject { ["needs"] = new JsonArray("server_tools") });
        AddRoute(router, "think", new JsonObject { ["needs"] = new JsonArray("thinking") });
        AddRoute(router, "image", new JsonObject { ["needs"] = new JsonArray("vision") });
        AddRoute(router, "default", null);
        foreach (var (name, _) in router as JsonObject ?? [])
        {
            if (name is not ("longContext" or "longContextThreshold" or "background" or "webSearch" or "think" or "image" or "default"))
            {
                draft.Remark($"Router.{name} was not carried over.");
            }
        }
    }

    private void AddRoute(JsonNode? router, string name, JsonObject? when)
    {
        if (router.Text(name) is not { Length: > 0 } text)
        {
            return;
        }

        var parts = text.Split(',', 2, StringSplitOptions.TrimEntries);
        if (!_names.TryGetValue(parts[0], out var provider))
        {
            draft.Remark($"Router.{name} names the provider {parts[0]}, which is not there.");
            return;
        }

        if (name == "webSearch" && _withoutServerTools.Contains(provider))
        {
            draft.Remark($"Router.webSearch leads to {provider}, which by its preset runs no web search itself: the gateway will not ask it, unless it says \"supports_server_tools\": true.");
        }

        draft.AddRoute(name, when, new JsonArray(parts is [_, { Length: > 0 } model] ? $"{provider}/{model}" : provider));
        if (name == "default")
        {
            draft.DefaultProvider = provider;
        }
    }

    private void AddListener()
    {
        if (root.Text("APIKEY") is { Length: > 0 } key)
        {
            draft.AddClient("imported", draft.Key(Reference(key), "imported-client"));
        }

        if (root.Number("PORT") is { } port and >= 0 and <= 65_535)
        {
            draft.Listen("port", port);
        }

        if (root.Number("API_TIMEOUT_MS") is { } time and >= 1000)
        {
            draft.Listen("request_timeout_seconds", Math.Min(time / 1000, 86_400));
        }

        if (root.Text("LOG_LEVEL") is "trace" or "debug" or "info" or "warn" or "error")
        {
            draft.Listen("log_level", root.Text("LOG_LEVEL")!);
        }

        AddAddress(root.Text("HOST"));
    }

    private void AddAddress(string? host)
    {
        if (!IPAddress.TryParse(host, out var address))
        {
            return;
        }

        if (IPAddress.IsLoopback(address) || draft.HasClients)
        {
            draft.Listen("bind_address", address.ToString());
        }
        else
        {
            draft.Remark($"HOST {address} was not carried over: whoever reaches it could spend the keys. Set clients first.");
        }
    }

    // That program puts environment variables in for $NAME and ${NAME}.
    private static string Reference(string text) =>
        text.StartsWith('$') && text.TrimStart('$').Trim('{', '}') is { Length: > 0 } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? $"${{{name}}}"
            : text;
}
