using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>A listening socket that somebody else has opened.</summary>
public static class ListeningSocket
{
    /// <summary>Takes a descriptor over: programs started from here on won't have it.</summary>
    /// <returns>The socket, or null if it is no listening socket of TCP, or of Unix streams; then it stays as it was.</returns>
    public static Socket? Take(int descriptor)
    {
        // Asked before it is owned: the number may be a file of the runtime's, which must not be closed.
        if (!OperatingSystem.IsLinux() || !LinuxNative.IsListeningStream(descriptor))
        {
            return null;
        }

        LinuxNative.CloseOnExec(descriptor);
#pragma warning disable CA2000 // The socket owns it.
        return new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)) { Blocking = false };
#pragma warning restore CA2000
    }

    /// <summary>Closes a socket that another process may have too.</summary>
    internal static void Release(Socket socket)
    {
        // The runtime shuts a socket down when it closes it in use, which would silence it for everybody; one that programs started
        // from here would have, it leaves alone.
        if (OperatingSystem.IsLinux())
        {
            LinuxNative.KeepOnExec((int)socket.Handle);
        }

        socket.Dispose();
    }
}
