using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Http.Sockets;

namespace Gateway.Benchmarks.Provider;

/// <summary>A certificate for 127.0.0.1 and localhost, made at run time, that is its own authority.</summary>
internal sealed class SelfSigned : ITlsRole, IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(2);

    private readonly X509Certificate2 _certificate;

    /// <summary>Makes it, and writes what a client must trust.</summary>
    public SelfSigned(string caFile, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=scripted provider", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(now - Validity, now + Validity);
        File.WriteAllText(caFile, _certificate.ExportCertificatePem());
    }

    /// <inheritdoc />
    public Task ShakeHandsAsync(SslStream stream) => stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
    {
        ServerCertificate = _certificate,
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    });

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();
}
