using System.Text.Json.Nodes;

namespace Gateway.Host.Import;

/// <summary>Which aliases LiteLLM turns to when one fails.</summary>
internal sealed class LiteLlmFallbacks
{
    private readonly Dictionary<string, List<string>> _byAlias = [];
    private readonly List<string> _forAll = [];

    public LiteLlmFallbacks(JsonObject root, ImportDraft draft)
    {
        foreach (var section in (JsonNode?[])[root["router_settings"], root["litellm_settings"]])
        {
            Gather(section, "fallbacks");
            Gather(section, "context_window_fallbacks");
            _forAll.AddRange(section.Texts("default_fallbacks"));
        }

        if (root["router_settings"] is JsonObject router && router.ContainsKey("context_window_fallbacks"))
        {
            draft.Remark("context_window_fallbacks became fallbacks like others: set context_window, and what is too long for one goes to the next.");
        }
    }

    /// <summary>Those of one alias, in order, each once.</summary>
    public IEnumerable<string> Of(string alias) =>
        _byAlias.GetValueOrDefault(alias, []).Concat(_forAll).Where(other => other != alias).Distinct();

    // A list of objects with one name each: [{"a": ["b", "c"]}].
    private void Gather(JsonNode? section, string name)
    {
        foreach (var (alias, others) in section.Objects(name).SelectMany(entry => entry))
        {
            if (!_byAlias.TryGetValue(alias, out var list))
            {
                _byAlias[alias] = list = [];
            }

            list.AddRange(others is JsonArray items ? JsonWalk.TextsOf(items) : []);
        }
    }
}
