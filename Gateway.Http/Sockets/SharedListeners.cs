using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>Listening sockets that several reactors accept from: because sharing a port between sockets is a thing of Linux, or
/// because there is only the one that was inherited.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SharedListeners
{
    private const int Backlog = 4096;

    // Guards the counts: reactors open and close from their own threads.
    private readonly Lock _lock = new();
    private readonly Dictionary<Socket, int> _users = [];

    /// <summary>The socket that listens on the address; opened by whoever asks first.</summary>
    /// <exception cref="SocketException">The address can't be had.</exception>
    public Socket Open(IPEndPoint endPoint)
    {
        lock (_lock)
        {
            foreach (var open in _users.Keys)
            {
                if (endPoint.Equals(open.LocalEndPoint))
                {
                    _users[open]++;
                    return open;
                }
            }

            var socket = Bind(endPoint);
            _users.Add(socket, 1);
            return socket;
        }
    }

    /// <summary>One more reactor accepts from a socket that was opened elsewhere.</summary>
    public Socket Join(Socket socket)
    {
        lock (_lock)
        {
            _users[socket] = _users.GetValueOrDefault(socket) + 1;
            return socket;
        }
    }

    /// <summary>One reactor accepts no more; the last one closes the socket.</summary>
    public void Close(Socket socket)
    {
        lock (_lock)
        {
            if (_users.TryGetValue(socket, out var users) && users > 1)
            {
                _users[socket] = users - 1;
                return;
            }

            _users.Remove(socket);
            ListeningSocket.Release(socket);
        }
    }

    private static Socket Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Blocking = false;
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
