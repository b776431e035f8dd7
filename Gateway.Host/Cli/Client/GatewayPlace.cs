using System.Net.Sockets;
using Gateway.Core.Configuration;

namespace Gateway.Host.Cli.Client;

/// <summary>Where a running gateway is asked, and with which key.</summary>
/// <param name="Address">Its address; behind a Unix socket, what it is called.</param>
/// <param name="UnixSocket">The socket's path; null for TCP.</param>
/// <param name="KeyFile">The management key's file where the operator has named one.</param>
internal sealed record GatewayPlace(Uri Address, string? UnixSocket = null, string? KeyFile = null)
{
    /// <summary>Where the API is.</summary>
    public static GatewayPlace OfApi(ListenerConfig listener) => new(new Uri(GatewayAddress.Of(listener)));

    /// <summary>Where the management API is.</summary>
    public static GatewayPlace OfManagement(ListenerConfig listener)
    {
        var management = listener.Management;
        return GatewayAddress.OfManagement(listener) is { } address
            ? new GatewayPlace(new Uri(address), KeyFile: management.KeyFile)
            : new GatewayPlace(new Uri("http://localhost"), management.UnixSocket, management.KeyFile);
    }

    /// <summary>Connects there: never by a proxy, never where an answer points to.</summary>
    public SocketsHttpHandler MakeHandler()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        if (UnixSocket is { } path)
        {
            handler.ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        }

        return handler;
    }
}
