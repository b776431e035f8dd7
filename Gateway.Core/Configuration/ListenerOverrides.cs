using System.Net;

namespace Gateway.Core.Configuration;

/// <summary>What the command line says about <c>claude_gateway</c>; null where it says nothing and the file counts.</summary>
public sealed record ListenerOverrides
{
    /// <summary>Goes over <see cref="ListenerConfig.BindAddress"/>.</summary>
    public IPAddress? BindAddress { get; init; }

    /// <summary>Goes over <see cref="ListenerConfig.Port"/>.</summary>
    public int? Port { get; init; }

    /// <summary>Goes over <see cref="ListenerConfig.LogLevel"/>.</summary>
    public string? LogLevel { get; init; }

    /// <summary>Goes over <see cref="ListenerConfig.RequestLogging"/>.</summary>
    public bool? RequestLogging { get; init; }

    /// <summary>Goes over <see cref="ListenerConfig.MaxRequestSizeMb"/>.</summary>
    public int? MaxRequestSizeMb { get; init; }

    /// <summary>What holds in the end.</summary>
    public ListenerConfig Over(ListenerConfig written) => written with
    {
        BindAddress = BindAddress ?? written.BindAddress,
        Port = Port ?? written.Port,
        LogLevel = LogLevel ?? written.LogLevel,
        RequestLogging = RequestLogging ?? written.RequestLogging,
        MaxRequestSizeMb = MaxRequestSizeMb ?? written.MaxRequestSizeMb,
    };
}
