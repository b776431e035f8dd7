using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gateway.Core.Configuration;

namespace Gateway.Host.Doctor;

/// <summary>A connection to a provider, as far as one can go without a key.</summary>
internal static class ProviderStream
{
    private const int LongestHead = 16 * 1024;

    /// <summary>The plain connection, or TLS over it with the provider's own authorities.</summary>
    public static async Task<Stream> OpenAsync(TcpClient client, ProviderConfig provider, CancellationToken cancel)
    {
        var plain = client.GetStream();
        if (provider.BaseUrl!.Scheme != "https")
        {
            return plain;
        }

        var secure = new SslStream(plain);
        var options = new SslClientAuthenticationOptions { TargetHost = provider.BaseUrl.DnsSafeHost };
        if (provider.CaFile is { } file)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        }

        await secure.AuthenticateAsClientAsync(options, cancel).ConfigureAwait(false);
        return secure;
    }

    /// <summary>The time that it puts on its answers (RFC 9110, section 6.6.1); null if it puts none.</summary>
    public static async Task<DateTimeOffset?> AskForDateAsync(Stream stream, Uri url, CancellationToken cancel)
    {
        var request = $"HEAD {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancel).ConfigureAwait(false);
        var head = new byte[LongestHead];
        var length = 0;
        while (length < head.Length && head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var count = await stream.ReadAsync(head.AsMemory(length), cancel).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            length += count;
        }

        return DateIn(Encoding.Latin1.GetString(head, 0, length));
    }

    private static DateTimeOffset? DateIn(string head)
    {
        const string Field = "date:";
        var line = Array.Find(head.Split("\r\n"), line => line.StartsWith(Field, StringComparison.OrdinalIgnoreCase));
        return DateTimeOffset.TryParseExact(line?[Field.Length..].Trim(), "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }
}
