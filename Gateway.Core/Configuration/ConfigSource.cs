namespace Gateway.Core.Configuration;

/// <summary>What surrounds a configuration file.</summary>
/// <param name="Environment">Looks an environment variable up; null where it is not set.</param>
/// <param name="OthersCanRead">Group or world can read the file: a key written into it is refused.</param>
public sealed record ConfigSource(Func<string, string?> Environment, bool OthersCanRead)
{
    /// <summary>The file, as messages name it.</summary>
    public string File { get; init; } = "gateway.json";

    /// <summary>Reads a file that holds a key, without the line break at its end; null where it can't be read.</summary>
    public Func<string, string?> ReadSecretFile { get; init; } = _ => null;

    /// <summary>Who can read or write a file: a key that others can is refused.</summary>
    public Func<string, FileAudience> AudienceOf { get; init; } = _ => FileAudience.Owner;

    /// <summary>What the command line says about <c>claude_gateway</c>; goes over the environment, which goes over the file.</summary>
    public IReadOnlyList<ListenerOverride> Flags { get; init; } = [];
}
