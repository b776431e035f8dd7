namespace Gateway.Core.Configuration;

/// <summary>One entry of <c>passthrough</c>: a path prefix relayed as plain HTTP. Immutable.</summary>
public sealed record PassthroughConfig
{
    /// <summary>Begins with a slash and ends without one.</summary>
    public required string Prefix { get; init; }

    /// <summary>Where it leads.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The prefix is taken off before the path is joined to the base URL's.</summary>
    public bool StripPrefix { get; init; }

    /// <summary>A server of one's own: plain HTTP is fine.</summary>
    public bool Local { get; init; }

    /// <summary>PEM file of the authorities to trust instead of the system's.</summary>
    public string? CaFile { get; init; }
}
