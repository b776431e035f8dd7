namespace Gateway.Core.Synthetic;

/// <summary>Tokens of a prompt, as the usage of an answer splits them.</summary>
/// <param name="Uncached">Behind the last cache breakpoint.</param>
/// <param name="Written">New in the cache.</param>
/// <param name="Read">From the cache.</param>
/// <param name="IsLongLived">What is written lives an hour; else five minutes.</param>
internal readonly record struct PromptTokens(int Uncached, int Written, int Read, bool IsLongLived)
{
    /// <summary>All of them.</summary>
    public int Total => Uncached + Written + Read;
}
