using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Http.Sockets;

/// <summary>How to speak TLS to one provider: its name, whom to trust, and that there is no way around the verification.</summary>
/// <remarks>Immutable, for all reactors. Made once per endpoint.</remarks>
internal sealed class TlsSettings : ITlsRole
{
    private readonly OpenSslContext? _openSsl;

    private TlsSettings(string serverName, X509Certificate2Collection? authorities)
    {
        _openSsl = OpenSslContext.TryMake(serverName, authorities);
        Options = new SslClientAuthenticationOptions
        {
            TargetHost = serverName,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            AllowTlsResume = true,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = PolicyFor(authorities),
        };
    }

    /// <summary>The settings as the handshake takes them; TLS 1.2 or 1.3, HTTP/1.1.</summary>
    public SslClientAuthenticationOptions Options { get; }

    /// <inheritdoc />
    public Task ShakeHandsAsync(SslStream stream) => stream.AuthenticateAsClientAsync(Options, CancellationToken.None);

    /// <summary>Makes a connection that is connected one inside TLS; the handshake comes with <see cref="Connection.ConnectedAsync"/>.</summary>
    public Connection Secure(Connection connection) =>
        _openSsl is { } context && connection is EpollConnection direct ? new OpenSslConnection(direct, context) : new TlsConnection(connection, this);

    /// <summary>Makes the settings, off the reactor: reads <paramref name="caFile"/>, or the system's authorities.</summary>
    /// <param name="serverName">The name sent to the server (SNI) and looked for in its certificate.</param>
    /// <param name="caFile">PEM file with the authorities to trust instead of the system's.</param>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be read.</exception>
    /// <exception cref="CryptographicException">The file holds no certificate.</exception>
    public static async Task<TlsSettings> LoadAsync(string serverName, string? caFile)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (caFile is null)
        {
            return new TlsSettings(serverName, null);
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(await File.ReadAllTextAsync(caFile).ConfigureAwait(false));
        return authorities.Count > 0
            ? new TlsSettings(serverName, authorities)
            : throw new CryptographicException("The file holds no certificate in PEM form.");
    }

    private static X509ChainPolicy PolicyFor(X509Certificate2Collection? authorities)
    {
        // A download would block the reactor for seconds, and let a certificate choose whom we talk to.
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        return policy;
    }
}
