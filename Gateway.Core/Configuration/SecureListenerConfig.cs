using System.Net;

namespace Gateway.Core.Configuration;

/// <summary><c>tls</c>: a second listener for clients of other machines, or for those that insist.</summary>
public sealed record SecureListenerConfig
{
    /// <summary>Address to listen on.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on; 0 for no such listener.</summary>
    public int Port { get; init; }

    /// <summary>PEM file with our certificate and those up to its authority; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with its private key; null for none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>PEM file with the authorities of clients, which must then show a certificate; null for any client.</summary>
    public string? ClientCaFile { get; init; }

    /// <summary>There is such a listener.</summary>
    public bool IsOn => Port > 0;
}
