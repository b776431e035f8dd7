using System.Net.Sockets;
using System.Text;
using Gateway.Host.Service;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Service;

/// <summary>The other end of NOTIFY_SOCKET.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-notify-");

    /// <summary>Listens in a folder of its own, or on an abstract name where there are such.</summary>
    public NotifySocket(bool isAbstract = false)
    {
        var path = Path.Combine(_folder.FullName, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + path : path));
        Environment["NOTIFY_SOCKET"] = isAbstract ? "@" + path : path;
    }

    /// <summary>What it tells the process by its environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The process's side.</summary>
    public ServiceNotifier Connect(TimeProvider? time = null) => new(Environment.GetValueOrDefault, time ?? TimeProvider.System);

    /// <summary>Waits for the next message.</summary>
    public async Task<string> MessageAsync()
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer).Soon());
    }

    /// <summary>No message has come.</summary>
    public bool IsQuiet => _socket.Available == 0;

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Delete(recursive: true);
    }
}
