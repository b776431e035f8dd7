using System.Net;
using Gateway.Core.Configuration;
using Gateway.Http.Sockets;

namespace Gateway.Host.Doctor;

/// <summary>What is examined: a configuration, and the machine it is for.</summary>
internal sealed record Examination
{
    /// <summary>What came of reading the configuration.</summary>
    public required ConfigResult Result { get; init; }

    /// <summary>The file it came from.</summary>
    public required string File { get; init; }

    /// <summary>Where clients find the gateway; null while the configuration is wrong.</summary>
    public string? Address { get; init; }

    /// <summary>Looks an environment variable up.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Names of all environment variables.</summary>
    public IReadOnlyList<string> VariableNames { get; init; } = [];

    /// <summary>The folder that a project of Claude Code would be in.</summary>
    public required string Folder { get; init; }

    /// <summary>Providers are not asked.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Finds the addresses of a name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>The clock that is examined too.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The kernel's table of limits (proc_pid_limits(5)); null where there is none.</summary>
    public string? Limits { get; init; }

    /// <summary>Providers that take part and are somewhere.</summary>
    public IEnumerable<ProviderConfig> Remote =>
        Result.Config?.Providers.Where(provider => provider is { Enabled: true, IsSynthetic: false }) ?? [];

    /// <summary>Where the gateway would listen by this configuration.</summary>
    public OwnAddresses OwnAddresses()
    {
        var own = new OwnAddresses();
        if (Result.Config?.Listener is { } listener)
        {
            own.Add(new IPEndPoint(listener.BindAddress, listener.Port));
            own.Add(new IPEndPoint(listener.Secure.BindAddress, listener.Secure.Port));
            own.Add(new IPEndPoint(listener.Management.BindAddress, listener.Management.Port));
        }

        return own;
    }
}
