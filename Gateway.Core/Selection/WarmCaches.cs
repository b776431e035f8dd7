namespace Gateway.Core.Selection;

/// <summary>The warm prompt caches of a conversation, which may have come by several routes.</summary>
/// <param name="Last">Of whoever served it last, by whichever route.</param>
/// <param name="OnRoute">Of whoever served it last on the route in question.</param>
public readonly record struct WarmCaches(PromptCache Last, PromptCache OnRoute)
{
    /// <summary>One of them is an organisation's at that provider.</summary>
    public bool AreAt(ulong provider, ulong group) => Last.IsAt(provider, group) || OnRoute.IsAt(provider, group);

    /// <summary>One of them is at that provider.</summary>
    public bool AreAt(ulong provider) => Last.Provider == provider || OnRoute.Provider == provider;

    /// <summary>One of them is there and holds something.</summary>
    public bool Hold(ulong provider, ulong group) =>
        (Last.Tokens > 0 && Last.IsAt(provider, group)) || (OnRoute.Tokens > 0 && OnRoute.IsAt(provider, group));
}
