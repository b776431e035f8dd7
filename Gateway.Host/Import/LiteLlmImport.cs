using System.Text.Json.Nodes;

namespace Gateway.Host.Import;

/// <summary>LiteLLM's config.yaml.</summary>
internal sealed class LiteLlmImport(JsonObject root, ImportDraft draft)
{
    private const string EnvironmentPrefix = "os.environ/";

    private static readonly string[] KnownParameters = ["model", "api_key", "api_base", "base_url", "weight"];

    private readonly List<LiteLlmDeployment> _deployments = [];
    private readonly Dictionary<(string Vendor, string Base, string Key), string> _providers = [];
    private readonly Dictionary<string, JsonObject> _fields = [];

    /// <summary>Fills the draft.</summary>
    public void Run()
    {
        foreach (var entry in root.Objects("model_list"))
        {
            AddDeployment(entry);
        }

        draft.DefaultProvider = _deployments.FirstOrDefault()?.Provider;
        AddRoutes();
        AddSettings();
        foreach (var (name, _) in root)
        {
            if (name is not ("model_list" or "router_settings" or "litellm_settings" or "general_settings"))
            {
                draft.Remark($"{name} was not carried over.");
            }
        }
    }

    private void AddDeployment(JsonObject entry)
    {
        var parameters = entry["litellm_params"];
        if (entry.Text("model_name") is not { Length: > 0 } alias || parameters.Text("model") is not { Length: > 0 } written)
        {
            draft.Remark("An entry of model_list without model_name or model was left out.");
            return;
        }

        var (vendor, model) = LiteLlmVendors.Split(written);
        if (ProviderOf(alias, vendor, model, parameters) is not { } provider)
        {
            return;
        }

        if (alias[..^1].Contains('*') || (model.Contains('*') && model != "*"))
        {
            draft.Remark($"{alias}: a star in the middle of a name, or behind one, was not carried over.");
            return;
        }

        AddModel(provider, model);
        _deployments.Add(new LiteLlmDeployment(alias, provider, model == "*" ? null : model, parameters.Number("weight")));
        foreach (var (name, _) in (JsonObject)parameters!)
        {
            if (!KnownParameters.Contains(name))
            {
                draft.Remark($"{alias}: litellm_params.{name} was not carried over.");
            }
        }
    }

    private string? ProviderOf(string alias, string vendor, string model, JsonNode? parameters)
    {
        var address = Reference(parameters.Text("api_base") ?? parameters.Text("base_url") ?? "");
        var key = Reference(parameters.Text("api_key") ?? "");
        if (_providers.TryGetValue((vendor, address, key), out var known))
        {
            return known;
        }

        var preset = LiteLlmVendors.PresetOf(vendor);
        JsonObject fields;
        string? name;
        if (address.Length > 0 && vendor is not ("azure" or "bedrock" or "vertex_ai"))
        {
            name = VendorMatch.Add(vendor, address, [model], draft, out fields);
        }
        else if (preset is not null)
        {
            name = VendorMatch.AddPreset(vendor, preset, draft, out fields);
        }
        else
        {
            draft.Remark($"{alias} was left out: the gateway does not speak to {vendor}.");
            return null;
        }

        if (name is not null)
        {
            Complete(fields, name, vendor, key);
            _fields[name] = fields;
            _providers[(vendor, address, key)] = name;
        }

        return name;
    }

    private void Complete(JsonObject fields, string name, string vendor, string key)
    {
        if (fields.Text("base_url") is not null && vendor == "anthropic")
        {
            fields["dialect"] = "anthropic";
            fields["auth"] = "x-api-key";
        }

        var variable = LiteLlmVendors.VariableOf(vendor);
        if (key.Length == 0 && variable.Length == 0 && fields.Text("base_url") is not null)
        {
            fields["auth"] = "none";
        }
        else if (!VendorMatch.NeedsNoKey(fields))
        {
            fields["api_key"] = key.Length == 0 ? $"${{{variable}}}" : draft.Key(key, name);
        }
    }

    private void AddModel(string provider, string model)
    {
        var models = _fields[provider]["models"] as JsonArray ?? [];
        _fields[provider]["models"] = models;
        if (!JsonWalk.TextsOf(models).Contains(model))
        {
            models.Add((JsonNode)model);
        }
    }

    // One alias, one route: its own deployments share, those it falls back to come after.
    private void AddRoutes()
    {
        var router = root["router_settings"];
        var policy = PolicyOf(router.Text("routing_strategy") ?? "simple-shuffle");
        var fallbacks = new LiteLlmFallbacks(root, draft);
        foreach (var own in _deployments.GroupBy(deployment => deployment.Alias).OrderBy(group => group.Key.EndsWith('*')).ToList())
        {
            var targets = new JsonArray();
            var group = 0;
            AddTargets(targets, own, group);
            foreach (var next in fallbacks.Of(own.Key))
            {
                AddTargets(targets, _deployments.Where(deployment => deployment.Alias == next), ++group);
                if (!_deployments.Exists(deployment => deployment.Alias == next))
                {
                    draft.Remark($"{own.Key} falls back to {next}, which was not carried over.");
                }
            }

            var when = own.Key == "*" ? null : new JsonObject { ["model"] = new JsonArray(own.Key) };
            draft.AddRoute(own.Key, when, targets, policy);
        }
    }

    private static void AddTargets(JsonArray targets, IEnumerable<LiteLlmDeployment> deployments, int group)
    {
        foreach (var deployment in deployments)
        {
            var target = new JsonObject { ["provider"] = deployment.Provider };
            if (deployment.Model is not null)
            {
                target["model"] = deployment.Model;
            }

            target["group"] = group;
            if (deployment.Weight is { } weight and > 0)
            {
                target["weight"] = weight;
            }

            targets.Add((JsonNode)target);
        }
    }

    private string PolicyOf(string strategy)
    {
        switch (strategy)
        {
            case "least-busy": return "least_in_flight";
            case "latency-based-routing": return "latency";
            case "cost-based-routing": return "cost";
            case "simple-shuffle": return "weighted";
            default:
                draft.Remark($"The routing strategy {strategy} has no counterpart: \"least_in_flight\" stands for it.");
                return "least_in_flight";
        }
    }

    private void AddSettings()
    {
        if (root["general_settings"].Text("master_key") is { Length: > 0 } key)
        {
            draft.AddClient("imported", draft.Key(Reference(key), "imported-client"));
        }

        if (root["litellm_settings"].Number("request_timeout") is { } time and >= 1 and <= 86_400)
        {
            draft.Listen("request_timeout_seconds", time);
        }

        if ((root["router_settings"].Number("num_retries") ?? root["litellm_settings"].Number("num_retries")) is { } retries and >= 0)
        {
            draft.Listen("max_attempts", Math.Clamp(retries + 1, 1, 10));
        }

        RemarkOnOthers("general_settings", "master_key");
        RemarkOnOthers("litellm_settings", "request_timeout", "num_retries", "fallbacks", "context_window_fallbacks", "default_fallbacks", "drop_params");
        RemarkOnOthers("router_settings", "num_retries", "fallbacks", "context_window_fallbacks", "default_fallbacks", "routing_strategy");
    }

    private void RemarkOnOthers(string section, params string[] known)
    {
        foreach (var (name, _) in root[section] as JsonObject ?? [])
        {
            if (!known.Contains(name))
            {
                draft.Remark($"{section}.{name} was not carried over.");
            }
        }
    }

    private static string Reference(string text) =>
        text.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) ? $"${{{text[EnvironmentPrefix.Length..]}}}" : text;
}
