using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>A listening Unix socket: a file that only its owner can connect to (unix(7)).</summary>
public static class UnixSocket
{
    private const int Backlog = 4096;

    // It gets its real name when it listens. So nobody meets one that does not, and the runtime, which takes the file of a socket that it
    // closes away, finds none: by then it may be another process's.
    private const string Unnamed = ".new";

    /// <summary>Binds and listens. A file that a gateway before us has left behind makes room.</summary>
    /// <exception cref="SocketException">Somebody listens there (<see cref="SocketError.AddressAlreadyInUse"/>), or it is not ours to have.</exception>
    /// <exception cref="IOException">Something that is no socket is there.</exception>
    public static Socket Listen(string path)
    {
        Check(path);
        File.Delete(path + Unnamed);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path + Unnamed));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path + Unnamed, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            socket.Listen(Backlog);
            File.Move(path + Unnamed, path, overwrite: true);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The socket is the one of this path.</summary>
    public static bool IsAt(EndPoint? bound, string path) => bound is UnixDomainSocketEndPoint && bound.ToString() is { } name && (name == path || name == path + Unnamed);

    private static void Check(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            if (new FileInfo(path).Length > 0)
            {
                throw new IOException($"{path} is there already, and is no socket.");
            }

            return;
        }

        throw new SocketException((int)SocketError.AddressAlreadyInUse);
    }
}
