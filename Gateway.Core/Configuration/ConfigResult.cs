using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What came of reading a configuration.</summary>
public sealed class ConfigResult
{
    /// <summary>The configuration, if nothing is wrong.</summary>
    public GatewayConfig? Config { get; set; }

    /// <summary>Where the gateway listens, if nothing is wrong with that, whatever else may be: one that runs can still be asked.</summary>
    public ListenerConfig? Listener { get; set; }

    /// <summary>What environment and command line said about <c>claude_gateway</c>, the last word last.</summary>
    public IReadOnlyList<ListenerOverride> Overrides { get; set; } = [];

    /// <summary>Everything that is wrong, in the order of the file.</summary>
    public List<ConfigError> Errors { get; } = [];

    /// <summary>What is odd but serves; each names its JSON path.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Providers that were switched off, and why.</summary>
    public List<KeyValuePair<string, string>> SwitchedOff { get; } = [];
}
