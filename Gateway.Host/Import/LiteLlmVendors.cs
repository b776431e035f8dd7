namespace Gateway.Host.Import;

/// <summary>LiteLLM's names of vendors, as they stand before a model.</summary>
internal static class LiteLlmVendors
{
    private static readonly Dictionary<string, (string Preset, string Variable)> Known = new()
    {
        ["anthropic"] = ("anthropic", "ANTHROPIC_API_KEY"),
        ["openai"] = ("openai", "OPENAI_API_KEY"),
        ["gemini"] = ("gemini", "GEMINI_API_KEY"),
        ["groq"] = ("groq", "GROQ_API_KEY"),
        ["deepseek"] = ("deepseek", "DEEPSEEK_API_KEY"),
        ["mistral"] = ("mistral", "MISTRAL_API_KEY"),
        ["openrouter"] = ("openrouter", "OPENROUTER_API_KEY"),
        ["together_ai"] = ("together", "TOGETHERAI_API_KEY"),
        ["fireworks_ai"] = ("fireworks", "FIREWORKS_AI_API_KEY"),
        ["cerebras"] = ("cerebras", "CEREBRAS_API_KEY"),
        ["xai"] = ("xai", "XAI_API_KEY"),
        ["moonshot"] = ("moonshot", "MOONSHOT_API_KEY"),
        ["minimax"] = ("minimax-openai", "MINIMAX_API_KEY"),
        ["zai"] = ("zai-openai", "ZAI_API_KEY"),
        ["ollama"] = ("ollama", ""),
        ["ollama_chat"] = ("ollama", ""),
        ["lm_studio"] = ("lmstudio", ""),
        ["hosted_vllm"] = ("vllm", ""),
    };

    /// <summary>Parts <c>vendor/model</c>. A name without vendor is guessed by its beginning, as LiteLLM does.</summary>
    public static (string Vendor, string Model) Split(string name)
    {
        var cut = name.IndexOf('/');
        return cut > 0 ? (name[..cut], name[(cut + 1)..])
            : (name.StartsWith("claude", StringComparison.Ordinal) ? "anthropic" : "openai", name);
    }

    /// <summary>Our preset for a vendor; null for one that we don't know.</summary>
    public static string? PresetOf(string vendor) => Known.TryGetValue(vendor, out var found) ? found.Preset : null;

    /// <summary>The environment variable that LiteLLM takes the key from where none is written; empty for none.</summary>
    public static string VariableOf(string vendor) => Known.TryGetValue(vendor, out var found) ? found.Variable : "";
}
