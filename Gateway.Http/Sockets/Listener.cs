using System.Net;

namespace Gateway.Http.Sockets;

/// <summary>An open listening socket of one reactor.</summary>
public abstract class Listener
{
    // As much as waits in the gateway itself.
    private const int MostUnsentBytes = 64 * 1024;

    /// <summary>What was bound: an address, whose port is the real one where 0 was asked for, or the path of a Unix socket.</summary>
    public abstract EndPoint Address { get; }

    /// <summary>The kernel's number of the socket; listeners of several reactors may have one together.</summary>
    internal abstract int Descriptor { get; }

    /// <summary>Keeps little in the kernel for clients that do not read: by itself it takes some 4 MB of an answer. What is accepted inherits it.</summary>
    private protected void LimitUnsent()
    {
        if (OperatingSystem.IsLinux())
        {
            LinuxNative.LimitUnsent(Descriptor, MostUnsentBytes);
        }
    }

    /// <summary>Stops accepting; connections that wait in the kernel's queue are accepted first.</summary>
    public abstract void Close();
}
