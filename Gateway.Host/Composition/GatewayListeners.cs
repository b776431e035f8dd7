using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Core.Telemetry;
using Gateway.Host.Cli;
using Gateway.Host.Service;
using Gateway.Http.Sockets;

namespace Gateway.Host.Composition;

/// <summary>Everything the gateway listens on: its port, and where configured a Unix socket, a port for TLS, and those of the management API.</summary>
/// <param name="config">Says what.</param>
/// <param name="reactors">Accept.</param>
/// <param name="runtime">Serves what was accepted.</param>
/// <param name="events">Learn of certificates that can't be read.</param>
internal sealed class GatewayListeners(GatewayConfig config, ReactorSet reactors, GatewayRuntime runtime, GatewayEvents events)
{
    private volatile TlsIdentity? _identity;
    private bool _isReachable;
    private bool _isReachableByTls;

    /// <summary>Opens all of them; those that were inherited are open already, and known by their address.</summary>
    /// <returns>Their addresses, the main one first.</returns>
    /// <exception cref="InheritedSocketException">A socket that was given may not be served.</exception>
    /// <exception cref="StartException">One can't be opened.</exception>
    public IReadOnlyList<string> Open(IReadOnlyList<Socket> inherited)
    {
        var listener = config.Listener;
        var main = new Place(new IPEndPoint(listener.BindAddress, listener.Port), (index, connection) => runtime.Servers[index].Serve(connection));
        Place[] places = [main, .. Others(listener)];
        foreach (var socket in inherited)
        {
            var place = Array.Find(places, place => place.IsOf(socket)) ?? main;
            Check(socket, place == main);
            place.Sockets.Add(socket);
        }

        if (listener.Secure.IsOn)
        {
            _identity = Load(listener.Secure);
        }

        _isReachable = IsReachable(main);
        _isReachableByTls = places.Any(place => place.IsSecure && IsReachable(place));
        runtime.Status.IsLocal = !places.Any(IsReachable);
        return [.. places.Select(Open)];
    }

    /// <summary>Why a new configuration may not come into force while these sockets are open; null if it may.</summary>
    /// <remarks>It was judged by its own addresses, which are those of the next start.</remarks>
    public ConfigError? Judge(GatewayConfig next) =>
        next.Clients.Count == 0 && (_isReachable || (_isReachableByTls && next.Listener.Secure.ClientCaFile is null))
            ? new ConfigError(
                "$.clients", "none, while the gateway listens where other machines can reach it", "clients with keys, or a restart that listens on loopback addresses alone")
            : null;

    /// <summary>Reads certificate and key again; those in use stay where the new ones are no good.</summary>
    public void ReadCertificate(SecureListenerConfig secure)
    {
        if (_identity is null || !secure.IsOn)
        {
            return;
        }

        try
        {
            _identity = Load(secure);
        }
        catch (StartException exception)
        {
            events.CertificateKept(exception.Message);
        }
    }

    /// <summary>Takes the files of Unix sockets away: nobody answers there any more.</summary>
    public void RemoveFiles()
    {
        foreach (var path in (ReadOnlySpan<string?>)[config.Listener.UnixSocket, config.Listener.Management.UnixSocket])
        {
            if (path is not null)
            {
                File.Delete(path);
            }
        }
    }

    private IEnumerable<Place> Others(ListenerConfig listener)
    {
        if (listener.UnixSocket is { } path)
        {
            yield return new Place(new UnixDomainSocketEndPoint(path), (index, connection) => runtime.Servers[index].Serve(connection));
        }

        if (listener.Secure.IsOn)
        {
            yield return new Place(
                new IPEndPoint(listener.Secure.BindAddress, listener.Secure.Port),
                (index, connection) => runtime.Servers[index].ServeSecure(_identity!.Secure(connection)))
            {
                IsSecure = true,
            };
        }

        if (listener.Management.Port > 0)
        {
            yield return new Place(new IPEndPoint(listener.Management.BindAddress, listener.Management.Port), Manage) { ClosesLast = true };
        }

        if (listener.Management.UnixSocket is { } managementPath)
        {
            yield return new Place(new UnixDomainSocketEndPoint(managementPath), Manage) { ClosesLast = true };
        }
    }

    private void Manage(int index, Connection connection) => runtime.ManagementServers[index].Serve(connection);

    private string Open(Place place)
    {
        try
        {
            if (place.Sockets.Count > 0)
            {
                reactors.Adopt(place.Sockets, runtime.Gate, place.Accepted, place.ClosesLast);
                return $"{(place.Address is IPEndPoint ? place.Sockets[0].LocalEndPoint : place.Address)}";
            }

            if (place.Address is IPEndPoint endPoint)
            {
                return $"{reactors.Listen(endPoint, runtime.Gate, place.Accepted, place.ClosesLast)}";
            }

            reactors.Adopt([UnixSocket.Listen($"{place.Address}")], runtime.Gate, place.Accepted, place.ClosesLast);
            return $"{place.Address}";
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"cannot listen on {place.Address}: {exception.Message}", ExitCodes.Failure, exception);
        }
    }

    // Sockets that were inherited have an address already; whether it may be served is the same question.
    private void Check(Socket socket, bool isMain)
    {
        if (isMain && config.Clients.Count == 0 && IsReachable(socket.LocalEndPoint))
        {
            throw new InheritedSocketException(
                $"was given a socket at {socket.LocalEndPoint}, which other machines can reach; expected a loopback address, or clients with keys");
        }
    }

    private static bool IsReachable(Place place) =>
        place.Sockets.Count > 0 ? place.Sockets.Exists(static socket => IsReachable(socket.LocalEndPoint)) : IsReachable(place.Address);

    private static bool IsReachable(EndPoint? address) => address is IPEndPoint { Address: var ip } && !IPAddress.IsLoopback(ip);

    private static TlsIdentity Load(SecureListenerConfig secure)
    {
        try
        {
            return TlsIdentity.Load(secure.CertificateFile!, secure.KeyFile!, secure.ClientCaFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartException($"claude_gateway.tls: {exception.Message}", ExitCodes.Configuration, exception);
        }
    }

    private sealed record Place(EndPoint Address, Action<int, Connection> Accepted)
    {
        public bool IsSecure { get; init; }

        // Operators watch there while the others finish.
        public bool ClosesLast { get; init; }

        public List<Socket> Sockets { get; } = [];

        public bool IsOf(Socket socket) =>
            Address is IPEndPoint ? Address.Equals(socket.LocalEndPoint) : UnixSocket.IsAt(socket.LocalEndPoint, $"{Address}");
    }
}
