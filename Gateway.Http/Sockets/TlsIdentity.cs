using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Http.Sockets;

/// <summary>Who we are to clients that come by TLS, and who they must be. Immutable, for all reactors.</summary>
public sealed class TlsIdentity : ITlsRole
{
    private readonly SslServerAuthenticationOptions _options;

    private TlsIdentity(SslStreamCertificateContext certificate, X509Certificate2Collection? authorities) => _options = new SslServerAuthenticationOptions
    {
        ServerCertificateContext = certificate,
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        ClientCertificateRequired = authorities is not null,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = authorities is null ? null : PolicyFor(authorities),
    };

    /// <summary>Reads the PEM files.</summary>
    /// <param name="certificateFile">Our certificate, followed by those between it and its authority.</param>
    /// <param name="keyFile">Its private key.</param>
    /// <param name="clientCaFile">Authorities of the clients: each must then show a certificate. Null for clients of any kind.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file can't be read.</exception>
    /// <exception cref="CryptographicException">A file holds something else, or the key is not the certificate's.</exception>
    public static TlsIdentity Load(string certificateFile, string keyFile, string? clientCaFile)
    {
#pragma warning disable CA2000 // The context lives on it.
        var own = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
#pragma warning restore CA2000
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        X509Certificate2Collection? authorities = null;
        if (clientCaFile is not null)
        {
            authorities = [];
            authorities.ImportFromPemFile(clientCaFile);
            if (authorities.Count == 0)
            {
                throw new CryptographicException($"{clientCaFile} holds no certificate in PEM form.");
            }
        }

        return new TlsIdentity(SslStreamCertificateContext.Create(own, chain, offline: true), authorities);
    }

    Task ITlsRole.ShakeHandsAsync(SslStream stream) => stream.AuthenticateAsServerAsync(_options, CancellationToken.None);

    /// <summary>Makes a connection that was accepted one inside TLS; the handshake comes with <see cref="Connection.ConnectedAsync"/>.</summary>
    public Connection Secure(Connection accepted) => new TlsConnection(accepted, this);

    private static X509ChainPolicy PolicyFor(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
