using System.Net.Sockets;
using System.Security.Authentication;
using Gateway.Core.Configuration;
using Gateway.Host.Doctor;

namespace Gateway.Host.Bench;

/// <summary>How long the way to a provider takes, before anything is asked.</summary>
internal static class Handshake
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Time for a TCP connection and for TLS over it, ms; null where there is none to be had.</summary>
    public static async Task<(double? ConnectMs, double? TlsMs)> MeasureAsync(ProviderConfig provider, TimeProvider time, CancellationToken cancel)
    {
        if (provider.BaseUrl is not { } url)
        {
            return (null, null);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Longest);
        double? connect = null;
        try
        {
            using var client = new TcpClient();
            var began = time.GetTimestamp();
            await client.ConnectAsync(url.DnsSafeHost, url.Port, patience.Token).ConfigureAwait(false);
            connect = time.GetElapsedTime(began).TotalMilliseconds;
            began = time.GetTimestamp();
            await using var stream = await ProviderStream.OpenAsync(client, provider, patience.Token).ConfigureAwait(false);
            return (connect, url.Scheme == Uri.UriSchemeHttps ? time.GetElapsedTime(began).TotalMilliseconds : null);
        }
        catch (Exception exception) when (exception is SocketException or AuthenticationException or IOException or OperationCanceledException)
        {
            return (connect, null);
        }
    }
}
