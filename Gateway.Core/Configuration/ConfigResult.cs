namespace Gateway.Core.Configuration;

/// <summary>What came of reading a configuration.</summary>
public sealed class ConfigResult
{
    /// <summary>The configuration, if nothing is wrong.</summary>
    public GatewayConfig? Config { get; set; }

    /// <summary>Everything that is wrong.</summary>
    public List<ConfigError> Errors { get; } = [];

    /// <summary>What is odd but serves.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Providers that were switched off, and why.</summary>
    public List<KeyValuePair<string, string>> SwitchedOff { get; } = [];
}

/// <summary>What surrounds a configuration file.</summary>
/// <param name="Environment">Looks an environment variable up; null where it is not set.</param>
/// <param name="OthersCanRead">Group or world can read the file.</param>
public sealed record ConfigSource(Func<string, string?> Environment, bool OthersCanRead);
