namespace Gateway.Core.Configuration;

/// <summary><c>claude_gateway.capture</c>: a file that traffic is recorded in, to be played again by a benchmark. Immutable.</summary>
public sealed record CaptureConfig
{
    /// <summary>Its path; null to record nothing.</summary>
    public string? File { get; init; }

    /// <summary>Record what was said, too, and not only its sizes and times.</summary>
    public bool Bodies { get; init; }

    /// <summary>MiB after which it begins anew.</summary>
    public int MaxSizeMb { get; init; } = 100;
}
