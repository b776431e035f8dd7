using System.Net;

namespace Gateway.Host.Cli;

/// <summary>What the command line says; null where it says nothing and the file counts.</summary>
internal sealed record ServeOptions
{
    public FileInfo? Config { get; init; }

    public IPAddress? Bind { get; init; }

    public int? Port { get; init; }

    public string? LogLevel { get; init; }

    public bool RequestLogging { get; init; }

    public int? MaxSizeMb { get; init; }
}
