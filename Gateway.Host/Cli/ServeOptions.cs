using Gateway.Core.Configuration;

namespace Gateway.Host.Cli;

/// <summary>What the command line asks for.</summary>
internal sealed record ServeOptions
{
    /// <summary>The file it names; null for ./gateway.json if that is there.</summary>
    public FileInfo? Config { get; init; }

    /// <summary>What goes over the file, and over the environment.</summary>
    public IReadOnlyList<ListenerOverride> Flags { get; init; } = [];
}
