using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>A port on loopback where a connect is neither accepted nor refused: its queue is full.</summary>
internal sealed class DeafPort : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _fill = [];

    public DeafPort(IPAddress address, int port = 0)
    {
        _listener.Bind(new IPEndPoint(address, port));
        _listener.Listen(0);
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        for (var i = 0; i < 4; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _ = socket.ConnectAsync(EndPoint).ContinueWith(static _ => { }, TaskScheduler.Default);
            _fill.Add(socket);
        }
    }

    /// <summary>The address.</summary>
    public IPEndPoint EndPoint { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fill.ForEach(static socket => socket.Dispose());
        _listener.Dispose();
    }
}
