namespace Gateway.Core.Configuration;

/// <summary><c>claude_gateway.log_file</c>: a file that log lines go to besides standard output.</summary>
public sealed record LogFileConfig
{
    /// <summary>Its path; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>MiB after which it begins anew.</summary>
    public int MaxSizeMb { get; init; } = 100;

    /// <summary>Full files that are kept.</summary>
    public int Keep { get; init; } = 5;
}
