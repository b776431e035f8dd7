using System.Net;

namespace Gateway.Core.Configuration;

/// <summary><c>management</c>: a listener of its own for the management API, which is then gone from the others.</summary>
public sealed record ManagementConfig
{
    /// <summary>Address to listen on.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on; 0 for none.</summary>
    public int Port { get; init; }

    /// <summary>Path of a Unix socket to listen on; null for none.</summary>
    public string? UnixSocket { get; init; }

    /// <summary>File with the key; null for the one in the state directory.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The management API has a listener of its own.</summary>
    public bool IsApart => Port > 0 || UnixSocket is not null;
}
