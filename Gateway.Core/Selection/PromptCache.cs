namespace Gateway.Core.Selection;

/// <summary>Whose prompt cache holds a conversation: an organisation's at a provider, which the keys of a limit group share.</summary>
/// <param name="Provider">Hash of the provider's name; 0 for nobody's.</param>
/// <param name="Group">Hash of the limit group of the key.</param>
/// <param name="Tokens">Tokens in the cache, as the usage tells.</param>
public readonly record struct PromptCache(ulong Provider, ulong Group, long Tokens)
{
    /// <summary>It is the same cache, however much it holds.</summary>
    public bool IsAt(ulong provider, ulong group) => Provider == provider && Group == group;
}
