namespace Gateway.Core.Configuration;

/// <summary>What is wrong in a configuration, and where.</summary>
/// <param name="Path">JSON path, such as <c>$.providers.anthropic.base_url</c>.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What should.</param>
public sealed record ConfigError(string Path, string Found, string Expected)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() => $"{Path}: found {Found}; expected {Expected}";
}
