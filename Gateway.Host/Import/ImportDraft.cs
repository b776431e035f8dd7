using System.Text.Json.Nodes;

namespace Gateway.Host.Import;

/// <summary>Our configuration as it grows, and what is to be said about it.</summary>
internal sealed class ImportDraft(bool includesSecrets)
{
    private readonly JsonObject _listener = [];
    private readonly JsonObject _providers = [];
    private readonly JsonArray _routes = [];
    private readonly JsonObject _clients = [];
    private readonly List<string> _remarks = [];

    /// <summary>The provider that answers where nothing else is said; null for none yet.</summary>
    public string? DefaultProvider { get; set; }

    /// <summary>There is a client, so that other machines may be let in.</summary>
    public bool HasClients => _clients.Count > 0;

    /// <summary>Says something to the operator, once.</summary>
    public void Remark(string text)
    {
        if (!_remarks.Contains(text))
        {
            _remarks.Add(text);
        }
    }

    /// <summary>Sets a field of <c>claude_gateway</c>.</summary>
    public void Listen(string field, JsonNode value) => _listener[field] = value;

    /// <summary>Adds a provider; the name it has with us.</summary>
    public string AddProvider(string name, JsonObject fields)
    {
        var free = name;
        for (var number = 2; _providers.ContainsKey(free); number++)
        {
            free = $"{name}-{number}";
        }

        _providers[free] = fields;
        return free;
    }

    /// <summary>Adds a route behind the others.</summary>
    public void AddRoute(string name, JsonObject? when, JsonArray targets, string? policy = null)
    {
        var route = new JsonObject { ["name"] = name };
        if (when is not null)
        {
            route["when"] = when;
        }

        route["targets"] = targets;
        if (policy is not null)
        {
            route["policy"] = policy;
        }

        _routes.Add((JsonNode)route);
    }

    /// <summary>Adds a client with the key of the other gateway.</summary>
    public void AddClient(string name, string key)
    {
        const int ShortestKey = 16;
        if (!key.StartsWith("${", StringComparison.Ordinal) && key.Length < ShortestKey)
        {
            Remark($"The clients' key has fewer than {ShortestKey} characters, so everybody on this machine is let in: set one in clients.");
            return;
        }

        _clients[name] = new JsonObject { ["key"] = key };
    }

    /// <summary>A key as it may stand in our file: a reference, or the key itself if that was asked for.</summary>
    /// <param name="reference">What is written there, with a reference already in our form.</param>
    /// <param name="owner">Whose key it is.</param>
    public string Key(string reference, string owner)
    {
        if (reference.StartsWith("${", StringComparison.Ordinal) || (includesSecrets && reference.Length > 0))
        {
            return reference;
        }

        var variable = $"{VariableOf(owner)}_API_KEY";
        Remark($"The key of {owner} was not copied: set the environment variable {variable}.");
        return $"${{{variable}}}";
    }

    /// <summary>The whole.</summary>
    public ImportedConfig Finish()
    {
        var file = new JsonObject { ["$schema"] = "./gateway.schema.json" };
        Put(file, "claude_gateway", _listener);
        if (DefaultProvider is not null)
        {
            file["default_provider"] = DefaultProvider;
        }

        Put(file, "providers", _providers);
        if (_routes.Count > 0)
        {
            file["routes"] = _routes;
        }

        Put(file, "clients", _clients);
        return new ImportedConfig(file, _remarks);
    }

    private static void Put(JsonObject file, string name, JsonObject section)
    {
        if (section.Count > 0)
        {
            file[name] = section;
        }
    }

    private static string VariableOf(string owner)
    {
        var name = string.Concat(owner.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
        return char.IsAsciiDigit(name[0]) ? $"_{name}" : name;
    }
}
